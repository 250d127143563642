"""Which firm a section of a text is about: the one that its heading names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from graph.model import EntityRef
from ingest.parsed import Mention, Sentence

_LONGEST = 14  # words of a heading
_SHORT = 4  # words of a bullet that is one without naming anybody: “4. Small print”
_LED = 5  # words before the name that heads a paragraph
_NUMBERED = 2  # headings with a number, more than which a newsletter has
_TEXT = ("body", "quote")
_HEADING = ("heading", "bullet")
_SET_OFF = frozenset({":", "(", "–", "—", "-", "|"})
_GOING_ON = frozenset(["yet", "but", "still", "and", "nevertheless", "however"])
_FAR_AHEAD = 1.5  # the whole text is about one firm if it is named so many times as often as the next


def section_firms(sentences: Sequence[Sentence]) -> list[EntityRef | None]:
    """For each sentence the firm of the heading above it; None where the heading names none or several.

    Headings are those of the page, and bullets and lines that paragraphs follow (“2. Nebius: a new tenant”). The title
    is none: it names what the whole text is about.
    """
    times = Counter(e.id for s in sentences if s.kind in _TEXT for m in s.mentions if m.named and (e := _firm(m)))
    (_, most), (_, next_most) = [*times.most_common(2), ("", 0), ("", 0)][:2]
    several = most < _FAR_AHEAD * next_most
    out: list[EntityRef | None] = []
    section: EntityRef | None = None
    within: tuple[int, EntityRef | None] = (-1, None)
    for sentence in sentences:
        if _heads(sentences, sentence):
            section = _named(sentence, times, several=several)
        elif sentence.paragraph != within[0]:
            within = (sentence.paragraph, run_in(sentence) if sentence.kind == "body" else None)
        out.append(within[1] if within[0] == sentence.paragraph and within[1] is not None else section)
    return out


def first_apart(sentences: Sequence[Sentence], sections: Sequence[EntityRef | None]) -> int:
    """The first sentence from which on no firm is that of the whole text: the first heading of a newsletter, whose
    sections are on different firms or numbered. The number of sentences where there is none.
    """
    numbered = [s.index for s in sentences if s.kind == "heading" and s.doc[0].text.isdigit() and _heads(sentences, s)]
    firms = {firm.id for firm in sections if firm is not None}
    headed = next((i for i, firm in enumerate(sections) if firm is not None), len(sentences))
    if len(firms) > 1:
        return headed
    return min(headed, numbered[0]) if len(numbered) > _NUMBERED else len(sentences)


def _heads(sentences: Sequence[Sentence], sentence: Sentence) -> bool:
    shouted = sentence.kind == "body" and all(t.is_upper for t in sentence.doc if t.is_alpha)
    if (sentence.kind not in _HEADING and not shouted) or len(sentence.doc) > _LONGEST:
        return False
    if sentence.index and sentences[sentence.index - 1].paragraph == sentence.paragraph:
        return False
    if (
        sentence.kind == "heading"
        or _line(sentences, sentence)
        or (shouted and sum(t.is_alpha for t in sentence.doc) > 1)
    ):
        return True
    if sentence.index and sentence.kind == "bullet" and sentences[sentence.index - 1].kind == "bullet":
        return False  # one of a list
    if sentence.text.rstrip().endswith((".", "?", "!", "…")):
        return False
    following = sentences[sentence.index + 1] if sentence.index + 1 < len(sentences) else None
    if following is None or following.paragraph == sentence.paragraph:
        return False
    bare = len(sentence.doc) <= _SHORT and not sentence.doc[-1].is_punct and not sentence.amounts
    return following.kind in _TEXT or (bare and not sentence.mentions)


def _line(sentences: Sequence[Sentence], sentence: Sentence) -> bool:
    """Whether a paragraph is a line of its own between paragraphs: “Nebius (NBIS): one more tenant”. Several in a row
    are a list or a summary.
    """
    if sentence.kind != "body" or not _open_ended(sentence) or sentence.amounts:
        return False
    after = sentences[sentence.index + 1 : sentence.index + 2]
    if not after or after[0].kind not in _TEXT or after[0].paragraph == sentence.paragraph:
        return False
    before = sentences[max(0, sentence.index - 1) : sentence.index]
    return not any(s.kind in ("body", "bullet") and _open_ended(s) for s in (*before, *after))


def _open_ended(sentence: Sentence) -> bool:
    return not sentence.text.rstrip().rstrip("”\"'’)").endswith((".", "?", "!", "…", ":", ";"))


def _firm(mention: Mention) -> EntityRef | None:
    return mention.entity if mention.entity is not None and mention.entity.type == "Company" else None


def _named(sentence: Sentence, times: Counter[str], *, several: bool) -> EntityRef | None:
    """The firm that a heading is about. It stands alone or is set off (“Nebius (NBIS): …”); in a text about `several`
    firms it need only come first. Firms of no catalogue must be named (`times`) in a paragraph as well.
    """
    mentions = sorted(sentence.mentions, key=lambda m: m.first)
    known = [m for m in mentions if m.named and (e := _firm(m)) and (m.how == "catalogue" or times[e.id])]
    doc = sentence.doc
    first = known[0] if known else None
    if first is None or any(t.is_alpha for t in doc[: first.first]):
        return None
    alone = first.last + 1 >= len(doc) or doc[first.last + 1].text in _SET_OFF
    others = {m.entity.id for m in known if m.entity and first.entity and m.entity.id != first.entity.id}
    return first.entity if alone or (several and not others and sentence.kind != "body") else None


def opening_firms(
    sentences: Sequence[Sentence], watching: frozenset[str], whole: EntityRef | None
) -> list[EntityRef | None]:
    """For each sentence the firm that its paragraph opens with, as the subject of the first sentence or as who has that
    subject (“Acme's sales rose.”); None where it opens with nobody, or one of those `watching` the others. A first
    sentence that speaks of the firm of the `whole` text as well goes on with that one. A paragraph that names no
    firm and begins with “yet” or “but” goes on with the firm of the one before.
    """
    out: list[EntityRef | None] = []
    paragraph, opening = -1, None
    naming = {s.paragraph for s in sentences if any(m.named and _firm(m) for m in s.mentions)}
    for sentence in sentences:
        if sentence.paragraph != paragraph and not (sentence.kind == "bullet" and _alone(sentences, sentence)):
            goes_on = sentence.paragraph not in naming and sentence.doc[0].lower_ in _GOING_ON
            paragraph, opening = sentence.paragraph, opening if goes_on else _opens_with(sentence)
            if opening is not None and whole is not None and _speaks_of(sentence, whole):
                opening = whole
        out.append(opening if opening is None or opening.id not in watching else None)
    return out


def run_in(sentence: Sentence) -> EntityRef | None:
    """The firm whose name heads a paragraph in its own first sentence: “MATX.”, “From Oslo, Acme: $275M.”."""
    name = next((m for m in sorted(sentence.mentions, key=lambda m: m.first) if m.named and _firm(m)), None)
    if name is None:
        return None
    words = [t for t in sentence.doc if not t.is_punct]
    if len(words) == name.last - name.first + 1 and words[0].i == name.first:
        sure = name.how == "catalogue" or name.text.isupper() or len(words) > 1
        return _firm(name) if sure else None  # “Stateside.” may be anything
    led = sentence.doc[: name.first]
    colon = name.last + 1 < len(sentence.doc) and sentence.doc[name.last + 1].text == ":"
    fragment = len(led) <= _LED and not any(t.pos_ in ("VERB", "AUX") or t.text == ":" for t in led)
    return _firm(name) if colon and fragment else None


def _alone(sentences: Sequence[Sentence], sentence: Sentence) -> bool:
    """Whether a bullet is one sentence, no paragraph of a numbered list."""
    return [s.paragraph for s in sentences[sentence.index : sentence.index + 2]].count(sentence.paragraph) == 1


def _speaks_of(sentence: Sentence, firm: EntityRef) -> bool:
    return any(m.entity is not None and m.entity.id == firm.id for m in sentence.mentions)


def _opens_with(sentence: Sentence) -> EntityRef | None:
    root = next((t for t in sentence.doc if t.dep_ == "ROOT"), None)
    if root is None or sentence.kind not in (*_TEXT, "bullet"):
        return None
    if (name := run_in(sentence)) is not None:
        return name
    for subject in (c for c in root.children if c.dep_ in ("nsubj", "nsubjpass")):
        if any(t.text == ";" for t in sentence.doc[: subject.i]):
            return None  # “The round closed in May; Acme took part.”
        for token in (subject, *(c for c in subject.children if c.dep_ == "poss")):
            mention = sentence.mention_at(token)
            if mention is not None and (firm := _firm(mention)) is not None:
                return firm
    return None
