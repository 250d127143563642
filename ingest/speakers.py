"""Who says so: the speaker or source of a statement, as the text names them.

Looked for in this order: a verb of saying that governs the statement; a quotation's tag; “according to X”; “by X's
count”; “X puts it at”.
A source at second hand (news outlets, “people familiar”) makes the statement `reported`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from graph.vocabulary import read_yaml
from ingest.arguments import slots, verb_name
from ingest.parsed import Sentence
from ingest.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_OUTLETS = words("outlets")


_AFTER_TAG = {"prep", "pobj", "npadvmod", "det", "advmod", "amod", "compound", "nummod", "aux", "pcomp", "case", "poss"}
_WRITINGS = {
    "report",
    "analysis",
    "article",
    "study",
    "survey",
    "filing",
    "note",
    "account",
    "estimate",
    "story",
    "poll",
    "ranking",
    "tally",
    "tracker",
}


@dataclass(frozen=True, slots=True)
class Said:
    """A source: its label, the kind of saying (said, judged, foreseen, denied), whether at second hand, and further
    origins.
    """

    label: str
    kind: str
    hearsay: bool
    entity: str | None = None
    origins: tuple[str, ...] = ()


@cache
def speech() -> dict[str, frozenset[str]]:
    """The word lists of speech.yaml."""
    return {name: frozenset(words) for name, words in read_yaml("ingest", "rules/speech.yaml").items()}


def kind_of(verb: str) -> str | None:
    """said, judged, foreseen or denied; None for a verb that is none of saying."""
    return next((k for k in ("denied", "foreseen", "judged", "said") if verb in speech()[k]), None)


def source_of(sentence: Sentence, trigger: Token) -> Said | None:
    """The source of what a trigger states, from its own sentence; who denies it goes before who reported it."""
    return (
        _denying(sentence, trigger)
        or _governing(sentence, trigger)
        or _tagged(sentence, trigger)
        or _according(sentence, trigger)
        or _putting(sentence, trigger)
        or _by_count(sentence, trigger)
        or _report_noun(sentence, trigger)
        or _before_colon(sentence, trigger)
        or _giving(sentence, trigger)
    )


def _governing(sentence: Sentence, trigger: Token) -> Said | None:
    """The verb of saying above the statement, or one set into it (“…, Tan said, …”)."""
    token = trigger
    for _ in range(12):
        head = token.head
        if (
            token.dep_ in ("ccomp", "xcomp", "oprd", "parataxis", "dobj", "advcl")
            and head != token
            and head.pos_ in ("VERB", "AUX")
        ):
            kind = kind_of(verb_name(head))
            reporting = token.dep_ in ("ccomp", "parataxis") or (
                token.dep_ in ("xcomp", "oprd", "dobj") and kind in ("foreseen", "judged", "denied")
            )
            if head.lemma_ == "have" and not any(c.lower_ == "it" for c in head.children):
                reporting = False  # “sites which have 160MW”, not “as the Journal has it”
            if kind == "said" and token.tag_ == "VB" and any(c.lower_ == "to" for c in token.children):
                reporting = False  # “agreed to use”: an act, not words
            if any(t.text == ";" for t in sentence.doc[min(trigger.i, head.i) : max(trigger.i, head.i)]):
                reporting = False  # a new statement: its speaker has not said what stands before
            if kind and reporting and (said := _speaker(sentence, head, kind)):
                return said
        for child in token.children:
            if (
                child.dep_ in ("parataxis", "ccomp", "advcl")
                and child.pos_ == "VERB"
                and child != trigger
                and trigger.i not in (t.i for t in child.subtree)
            ):
                kind = kind_of(verb_name(child))
                plain = not any(c.dep_ in ("ccomp", "dobj", "xcomp") for c in child.children)
                if kind and plain and child.dep_ != "advcl" and (said := _speaker(sentence, child, kind)):
                    return said
                marked = next((c for c in child.children if c.dep_ == "mark" and c.lower_ == "as"), None)
                if kind and plain and marked is not None and (said := _speaker(sentence, child, kind)):
                    return said
        if head == token or token.dep_ in ("relcl", "appos") or (token.dep_ == "acl" and token.tag_ in ("VBN", "VBG")):
            return None
        token = head
    return None


def _denying(sentence: Sentence, trigger: Token) -> Said | None:
    """“denied that it was in talks, as Reuters had reported”: the denial is what is told."""
    below = trigger
    for above in trigger.ancestors:
        if below.dep_ == "ccomp" and kind_of(verb_name(above)) == "denied":
            return _speaker(sentence, above, "denied")
        if below.dep_ in ("relcl", "advcl"):
            return None
        below = above
    return None


def _tagged(sentence: Sentence, trigger: Token) -> Said | None:
    """“…, so Reuters reported, …”, “or so the Journal has it”: a tag that the parser may hang anywhere."""
    doc = sentence.doc
    for token in doc:
        if token.lower_ not in ("so", "as") or (
            token.i and doc[token.i - 1].text != "," and doc[token.i - 1].lower_ != "or"
        ):
            continue
        end = next((t.i for t in doc[token.i + 1 : token.i + 10] if t.is_punct and t.text in ",.;"), None)
        verb = next((t for t in doc[token.i + 1 : end] if t.pos_ == "VERB" and kind_of(verb_name(t))), None)
        if (
            end is None
            or verb is None
            or not all(t.dep_ in _AFTER_TAG or t.lower_ == "it" for t in doc[verb.i + 1 : end])
        ):
            continue
        subjects = [
            t for t in doc[token.i + 1 : verb.i] if t.dep_ in ("nsubj", "pobj", "ROOT") and t.pos_ in ("NOUN", "PROPN")
        ]
        said = _named(sentence, subjects[0], kind_of(verb_name(verb)) or "said") if subjects else None
        if said is not None and _same_clause_run(sentence, trigger, token):
            return Said(said.label, said.kind, said.hearsay or verb.lemma_ in ("report", "have"), said.entity)
    return None


def _speaker(sentence: Sentence, verb: Token, kind: str) -> Said | None:
    subjects = slots(verb).get("subj", [])
    if not subjects or (verb.lemma_ == "see" and verb.tag_ in ("VBN", "VBD")):
        return None  # “have seen their margin climb” is no opinion
    said = _named(sentence, subjects[0], kind)
    if said is None:
        return None
    citing = [t for t in sentence.doc if t.lemma_ == "cite" and t.tag_ == "VBG"]
    origins = tuple(name for c in citing for o in slots(c).get("obj", []) if (name := phrase(sentence, o)))
    leaked = said.hearsay or (kind == "said" and verb.lemma_ == "report" and is_outlet(said.label))
    return Said(said.label, kind, leaked, said.entity, origins)


def _named(sentence: Sentence, token: Token, kind: str) -> Said | None:
    label, entity = name_of(sentence, token)
    if not label:
        return None
    lemma = token.lemma_.lower()
    if lemma in speech()["talk"]:
        return Said("", kind, hearsay=True)
    hearsay = (lemma in speech()["hearsay_sources"] and not _filed(token)) or is_outlet(label)
    return Said(label, kind, hearsay, entity)


def _filed(report: Token) -> bool:
    """Whether a report is a firm's own: “the annual report shows”."""
    return any(c.lower_ in speech()["own_reports"] for c in report.children if c.dep_ in ("amod", "compound"))


def is_outlet(label: str) -> bool:
    """Whether a name is a news outlet's: its words say so."""
    return any(w in _OUTLETS for w in label.lower().replace(".", "").split())


def name_of(sentence: Sentence, token: Token) -> tuple[str, str | None]:
    """A source's label as the text names it, with the entity id if there is one; ("", None) for a bare pronoun."""
    mention = sentence.mention_at(token)
    if mention is not None and mention.entity is not None:
        return mention.entity.label, mention.entity.id
    if token.pos_ == "PRON" or token.pos_ not in ("NOUN", "PROPN"):
        return "", None
    for child in token.children:
        by = next((g for g in child.children if g.dep_ == "pobj"), None) if child.lower_ in ("by", "from") else None
        if by is not None and token.lemma_.lower() in _WRITINGS and (m := sentence.mention_at(by)) and m.entity:
            return m.entity.label, m.entity.id  # “an analysis by The Information”
        owns = child.dep_ in ("compound", "poss") and token.lemma_.lower() in _WRITINGS
        if owns and (m := sentence.mention_at(child)) and m.entity:
            return m.entity.label, m.entity.id  # “a Bloomberg report”
        if child.dep_ == "appos" and (m := sentence.mention_at(child)) and m.entity:
            return m.entity.label, m.entity.id
    return phrase(sentence, token), None


def phrase(sentence: Sentence, token: Token) -> str:
    """The noun phrase of a token without its relative clauses: “people familiar with the matter”."""
    skip = {"relcl", "appos", "acl", "punct", "advcl"}
    words, stack = [], [token]
    while stack:
        t = stack.pop()
        words.append(t)
        stack.extend(c for c in t.children if not (t == token and c.dep_ in skip and c.i > token.i))
    words.sort(key=lambda t: t.i)
    while words and (words[0].dep_ == "det" or words[0].is_punct):
        words.pop(0)
    run = words[:1]
    for t in words[1:]:
        if t.i != run[-1].i + 1:
            break
        run.append(t)
    if not run or token not in run:
        run = [token]
    return str(sentence.doc[run[0].i : run[-1].i + 1].text)[:80]


def _according(sentence: Sentence, trigger: Token) -> Said | None:
    """“according to X”: the one whose clause is nearest above the trigger; one on the main clause
    covers the sentence.
    """
    if "ccording" not in sentence.text:
        return None
    above = {t.i for t in [trigger, *trigger.ancestors]}
    for token in sentence.doc:
        if token.lower_ != "according":
            continue
        to = next(
            (c for c in token.children if c.lower_ == "to" and c.dep_ == "prep"),
            token if token.dep_ == "prep" and token.i + 1 < len(sentence.doc) else None,
        )
        target = next((c for c in to.children if c.dep_ == "pobj"), None) if to is not None else None
        if target is None:
            target = next((t for t in sentence.doc[token.i + 2 : token.i + 8] if t.pos_ in ("PROPN", "NOUN")), None)
        if target is None:
            continue
        clause = token.head
        while clause.pos_ not in ("VERB", "AUX") and clause.head != clause:
            clause = clause.head
        if clause.i in above or _same_clause_run(sentence, trigger, token):
            return _named(sentence, target, "said")
    return None


def _putting(sentence: Sentence, trigger: Token) -> Said | None:
    """“Acme puts the sales of Bolt at $5bn”, “has it at 40%”: the source of a figure."""
    for verb in (trigger, *trigger.ancestors):
        if verb.dep_ == "relcl" and verb != trigger:
            return None
        arguments = slots(verb) if verb.pos_ == "VERB" and verb.lemma_ in speech()["giving"] else {}
        placed = any(sentence.amount_at(t) is not None for t in arguments.get("at", []))
        if placed and arguments.get("obj") and trigger not in _below(arguments.get("subj", [])):
            return _speaker(sentence, verb, "said")
    return None


def _below(tokens: list[Token]) -> set[Token]:
    return {t for token in tokens for t in token.subtree}


def _same_clause_run(sentence: Sentence, trigger: Token, marker: Token) -> bool:
    """No semicolon or colon between the trigger and the marker."""
    first, last = sorted((trigger.i, marker.i))
    return not any(t.text in (";", ":") for t in sentence.doc[first:last])


def _by_count(sentence: Sentence, trigger: Token) -> Said | None:
    """“by JPMorgan's count”, “on TrendForce's estimate”."""
    for token in sentence.doc:
        if token.lower_ in speech()["count_nouns"] and token.dep_ == "pobj" and token.head.lower_ in ("by", "on", "in"):
            owner = next((c for c in token.children if c.dep_ == "poss"), None)
            if owner is not None and _same_clause_run(sentence, trigger, token):
                said = _named(sentence, owner, "said")
                if said:
                    return said
    return None


def _giving(sentence: Sentence, trigger: Token) -> Said | None:
    """“Omdia gives Acme 71% of the market”, “credits Acme with 71%”: who hands a share out says so."""
    if trigger.pos_ != "VERB" or verb_name(trigger) not in speech()["handing"]:
        return None
    arguments = slots(trigger)
    others = (m for t in (*arguments.get("dative", []), *arguments.get("obj", [])) if (m := sentence.mention_at(t)))
    firms = any(m.entity is not None and m.entity.type == "Company" for m in others)
    shared = any((a := sentence.amount_at(t)) is not None and a.span.kind == "percent" for t in trigger.subtree)
    return _speaker(sentence, trigger, "said") if firms and shared else None


def _before_colon(sentence: Sentence, trigger: Token) -> Said | None:
    """“Wang noted the squeeze: work once billed at …”: what follows the colon is the speaker's, too."""
    if ":" not in sentence.text:
        return None
    colon = next((t for t in sentence.doc if t.text == ":" and t.i < trigger.i), None)
    if colon is None:
        return None
    for verb in sentence.doc[: colon.i]:
        kind = kind_of(verb_name(verb)) if verb.pos_ == "VERB" and verb.dep_ == "ROOT" else None
        if kind:
            return _speaker(sentence, verb, kind)
    return None


def _report_noun(sentence: Sentence, trigger: Token) -> Said | None:
    """“a Bloomberg report that …”, “an analysis by The Information notes …” where the clause hangs on the noun."""
    token = trigger
    for _ in range(10):
        head = token.head
        if head == token:
            return None
        if (
            head.pos_ == "NOUN"
            and head.lemma_.lower() in _WRITINGS
            and token.dep_ in ("acl", "ccomp", "relcl", "appos")
        ):
            owner = next((c for c in head.children if c.dep_ in ("compound", "poss") and sentence.mention_at(c)), None)
            if owner is not None:
                return _named(sentence, owner, "said")
        token = head
    return None
