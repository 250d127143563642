"""What the text is about just now, as each sentence leaves it to those after it: firm, section, period, forecasts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graph.catalogue import Catalogue
from graph.model import EntityRef
from ingest.metrics.carry import saying
from ingest.metrics.dating import too_short
from ingest.metrics.links import clause_of
from ingest.metrics.measured import Measured
from ingest.metrics.owners import FIRMS, FLOWS, lead_firm
from ingest.metrics.terms import terms
from ingest.metrics.topic import Topic
from ingest.names.descriptions import observers
from ingest.parsed import Mention, Sentence, When
from ingest.relations.fillers import fill

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEARLY, _SOON = 45, 15  # days: a firm's quarter may end so much before the calendar's, its year before a month's end
_LONGER = 100  # days: than any quarter
_TOLD = FLOWS | {"orders", "shipments"}
_FRAMES = {"quarter", "half", "fiscal_quarter", "fiscal_year", "span"}
_GUIDING = re.compile(
    r"\b(?:expects?|outlook|guidance|forecasts?|guides?|projects?|anticipates?|targets?)\b", re.IGNORECASE
)
_NUMBERED = re.compile(r"^\W*(?:\d{1,2}|[A-Z]|[IVX]{1,4})\s*[|.):]\s")  # “3 | Micron: …” opens a section


def remember(sentence: Sentence, out: list[Measured], topic: Topic, catalogue: Catalogue) -> None:
    """The firm and the period that the next sentences will leave out. Updates the topic."""
    topic.said = saying(sentence, out)
    _firm(sentence, out, topic, catalogue)
    _section(sentence, topic)
    _period(sentence, out, topic)


def _firm(sentence: Sentence, out: list[Measured], topic: Topic, catalogue: Catalogue) -> None:
    """The firm whose figures are told: that of the line's head, the sentence's subject or its figures' owner."""
    watching = observers(catalogue)
    firms = [m.subject for m in out if m.subject.type in FIRMS]
    subjects = [
        m.entity
        for m in sentence.mentions
        if m.entity
        and m.entity.type == "Company"
        and m.entity.id not in watching
        and sentence.doc[m.root].dep_ in ("nsubj", "nsubjpass")
        and not _aside(sentence.doc[m.root].head)
        and len(fill(sentence, sentence.doc[m.root])) == 1
    ]
    lead = lead_firm(sentence) or (None if subjects or firms else _announced(sentence, watching))
    if lead is not None:
        topic.firm, topic.paragraph = lead, sentence.paragraph
    elif sentence.kind not in ("quote", "bullet") and (firms or subjects):
        firm = next((f for f in [*subjects, *firms] if f.type == "Company"), None)
        topic.firm, topic.paragraph = _kept(sentence, firm, out, topic) or firm or topic.firm, sentence.paragraph


def _aside(verb: Token) -> bool:
    """Whether a clause is a relative one, though the parser may not see it, or one of circumstance."""
    relative = any(c.lower_ in ("that", "which") and c.dep_ == "dobj" and c.i < verb.i for c in verb.children)
    return verb.dep_ in ("relcl", "advcl") or relative


def _kept(sentence: Sentence, firm: EntityRef | None, out: list[Measured], topic: Topic) -> EntityRef | None:
    """The firm that the paragraph, or the text, goes on about although another one is the subject: one that only deals
    with it: “Meta has signed for $3bn of capacity”, “Zeiss buys the company's chips”.
    """
    if firm is None or any(m.metric in FLOWS and m.subject.id == firm.id for m in out):
        return None
    given = {m.entity.id for m in sentence.mentions if m.entity is not None and not m.named}
    deals = any(m.subject.id == firm.id for m in out)
    for about in (topic.opening, topic.focus if topic.sure else None):
        if about is not None and about.id != firm.id and (about.id in given or (deals and topic.near(about))):
            return about
    return None


def _announced(sentence: Sentence, watching: frozenset[str]) -> EntityRef | None:
    """The only firm of a sentence that has no subject: “Take Hanmi Semiconductor.”, “Then Oracle, which …”."""
    firms = [m for m in sentence.mentions if m.named and m.entity and m.entity.type == "Company"]
    if len({m.entity for m in firms}) != 1 or firms[0].entity is None or firms[0].entity.id in watching:
        return None
    root = sentence.doc[firms[0].root]
    top = root.head.head if root.dep_ == "pobj" else root.head
    if root.dep_ != "ROOT" and (top.dep_ != "ROOT" or root.dep_ in ("poss", "compound")):
        return None
    return None if any(t.dep_ in ("nsubj", "nsubjpass", "expl") for t in top.children) else firms[0].entity


def _section(sentence: Sentence, topic: Topic) -> None:
    """A heading starts a section: of the firm that it begins with or whose doings it tells, else of none."""
    if sentence.kind != "heading" and not (_NUMBERED.match(sentence.text) and lead_firm(sentence)):
        return
    firms = [m for m in sentence.mentions if m.named and m.entity is not None and m.entity.type == "Company"]
    first = min(firms, key=lambda m: m.first, default=None)
    told = first is not None and (
        _opens(sentence, first) or (first.how == "catalogue" and sentence.doc[first.root].dep_ == "nsubj")
    )
    topic.section = first.entity if first is not None and told else None


def _opens(sentence: Sentence, name: Mention) -> bool:
    """Whether a heading is a firm's name with at most a remark after it: “Dell (Overweight)”, “2 | Micron: …”."""
    following = sentence.doc[name.last + 1 : name.last + 2]
    led = any(t.is_alpha and t.pos_ != "DET" for t in sentence.doc[: name.first])
    return not led and (not len(following) or following[0].is_punct)


def _period(sentence: Sentence, out: list[Measured], topic: Topic) -> None:
    """The quarter or year that the figures after share, and whether a list of forecasts is open."""
    long = {
        w.span.period for w in sentence.periods if w.span.period.start and not too_short(w) and w.span.bound is None
    }
    topic.aside = (sentence.paragraph, long.pop()) if len(long) == 1 else None
    opening = sentence.text.rstrip().endswith(":")
    if opening or sentence.kind == "heading":
        topic.guiding = bool(_GUIDING.search(sentence.text))
    elif sentence.kind != "bullet":
        topic.guiding = False
    for when in sentence.periods if topic.period is None or not _back_then(sentence) else ():
        used = any(m.period is when.span.period and m.metric in _TOLD for m in out)
        titled = (sentence.kind in ("title", "heading") or _reports(sentence, when)) and topic.period is None
        coming = _unfinished(when, topic) or _foreseen(sentence, when, topic)
        if when.span.kind in _FRAMES and when.span.period.start and (opening or ((used or titled) and not coming)):
            topic.period = when.span.period
            break


def _back_then(sentence: Sentence) -> bool:
    """“Revenue had been $4bn in the first quarter.”: told for comparison only, the text stays where it is."""
    return any(
        t.dep_ == "ROOT" and any(c.lower_ == "had" and c.dep_ == "aux" for c in t.children) for t in sentence.doc
    )


def _foreseen(sentence: Sentence, when: When, topic: Topic) -> bool:
    """Whether the clause of a period speaks of forecasts; one that was over and is told in the past does not."""
    verb = clause_of(sentence.doc[when.root])
    end = when.span.period.end
    if topic.published is not None and end is not None and end < topic.published and verb.tag_ == "VBD":
        return bool(_GUIDING.fullmatch(verb.text))
    clauses = re.finditer(r"[^;]+", sentence.text)
    at = sentence.doc[when.first].idx
    return any(_GUIDING.search(c.group()) for c in clauses if c.start() <= at < c.end())


def _unfinished(when: When, topic: Topic) -> bool:
    """Whether a stretch was far from over on the day of publication: nobody reports on it yet."""
    start, end = when.span.period.start, when.span.period.end
    if topic.published is None or start is None or end is None:
        return False
    quarter = (end - start).days < _LONGER
    return (end - topic.published).days > (_NEARLY if quarter else _SOON)


def _reports(sentence: Sentence, when: When) -> bool:
    """“… published its results for the third quarter”, “the March quarter was a bad one”, “it won more orders than ever
    last quarter”: the figures that follow are that quarter's.
    """
    near = sentence.doc[max(0, when.first - 6) : when.last + 4]
    if any(t.lower_ in ("results", "earnings", "figures", "accounts") for t in near):
        return True
    frames = [w for w in sentence.periods if w.span.kind in _FRAMES]
    if when.span.kind not in ("quarter", "fiscal_quarter") or len(frames) > 1:
        return False
    root = sentence.doc[when.root]
    return root.dep_ == "nsubj" or (not sentence.amounts and any(m.metric in _TOLD for m in terms(sentence)))
