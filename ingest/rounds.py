"""Rounds of money as newsletters write them, without a verb: “Acme, $40M at $2B, Fjord Ventures leading.”, and what is
said of them next: “Oslo Fund led, together with Vale Capital.”
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graph.model import EntityRef
from ingest.metrics.basis import Reading
from ingest.metrics.measured import Measured
from ingest.names.new import tickers
from ingest.parsed import Amount, Mention, Sentence
from ingest.relations.found import Found
from ingest.sections import run_in
from ingest.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_FRAME = "round-line"
_INVESTORS = ("Company", "Organization", "Person")
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_ROUND = re.compile(r"\b(?:series [a-k]\d?|(?:pre-)?seed|rounds?|raised|raises|fundrais\w+)\b", re.IGNORECASE)
_SCALE = re.compile(r"\b(?:million|billion|trillion)\b|\d\s?(?:m|bn|[MB])\b")
_BESIDE = re.compile(r"(?:together|along|joined|beside|alongside)(?: with| by)?(?: the)?$")
_TAGGED = re.compile(
    r"\s*,? ?(?:(?:co-?)?lea?d(?:ing|s)?\b"
    r"|(?:joined|joining|participat\w+|invest(?:ed|ing)|tagging along|along for)\b)"
)
_IN = re.compile(
    r"\s*(?:came|is|are|was|were|comes|come|chipped)(?: also)? (?:back|in)\b"
    r"(?! [a-z]*ing\b| [A-Z$\d]| (?:the|a|talks)\b)"
)
_OF_SOMETHING = re.compile(
    r"\s*(?:the|a|an|its|their|his|her)\s+(?!round|deal|financing|funding|raise|series)\w", re.IGNORECASE
)
_VALUED = re.compile(r"(?:\bat(?: a(?: \w+)? valuation of)?|\bworth)$", re.IGNORECASE)


@dataclass(slots=True)
class Rounds:
    """The round that a text tells just now: who raises, in which paragraph, and whether the text speaks of rounds."""

    raiser: EntityRef | None = None
    paragraph: int = -1
    spoken: bool = False
    headed: EntityRef | None = None

    def read(self, sentence: Sentence) -> tuple[list[Found], list[Measured]] | None:
        """The investors and sums of a line without a verb; None where the sentence is none. Remembers who raises."""
        self.spoken = self.spoken or bool(_ROUND.search(sentence.text))
        if sentence.paragraph != self.paragraph:
            self.raiser, self.headed = None, None
        self.paragraph = sentence.paragraph
        if all(t.is_punct or ((m := sentence.mention_at(t)) is not None and m.named) for t in sentence.doc):
            self.headed = run_in(sentence)
            return None
        amount = _sum(sentence)
        raiser = _raiser(sentence, amount) if amount is not None else None
        begins = amount is not None and amount.first == 0
        firm = raiser.entity if raiser is not None else self.headed if begins else None
        self.headed = None
        if amount is None or firm is None or not _verbless(sentence):
            return None
        who = list(_found(_investors(sentence, amount.last + 1, line=True), firm, raiser))
        sums = _sums(sentence, amount, firm)
        if not (_ROUND.search(sentence.text) or (self.spoken and (who or len(sums) > 1))):
            return None
        self.raiser = firm
        return who, sums

    def joined(self, sentence: Sentence) -> list[Found]:
        """Who else put money into the round told before: “Fjord Ventures led”, “Vale Capital came back”."""
        firm = self.raiser
        if firm is None or sentence.paragraph != self.paragraph:
            return []
        return list(_found(_investors(sentence, 0, line=False), firm))


def _sum(sentence: Sentence) -> Amount | None:
    first = min(sentence.amounts, key=lambda a: a.first, default=None)
    money = first is not None and first.span.kind == "money" and "/" not in first.span.quantity.unit
    return first if money else None


def _raiser(sentence: Sentence, amount: Amount) -> Mention | None:
    """The firm that stands before a sum with nothing but marks, its ticker or the letter of the round between."""
    before = [m for m in sentence.mentions if m.named and m.last < amount.first]
    firm = max(before, key=lambda m: m.last, default=None)
    if firm is None or firm.entity is None or firm.entity.type != "Company":
        return None
    between = [t for t in sentence.doc[firm.last + 1 : amount.first] if t.i not in tickers(sentence)]
    return firm if between and all(t.is_punct or t.text == "|" for t in between) else None


def _verbless(sentence: Sentence) -> bool:
    """Whether nothing but “led” is a finite verb outside brackets."""
    depth = 0
    for token in sentence.doc:
        depth += (token.text == "(") - (token.text == ")")
        if not depth and token.tag_ in _FINITE and token.lower_ not in words("round_leading"):
            return False
    return True


def _investors(sentence: Sentence, start: int, *, line: bool) -> Iterator[tuple[Mention, Token]]:
    """Names in a row that lead or join a round, or that the money comes from, each with a word that says so."""
    told = line
    for row in _rows(sentence, start):
        first, last = row[0], row[-1]
        before = sentence.text[: sentence.doc[first.first].idx].rstrip()
        behind = sentence.text[sentence.doc[last.last].idx + len(sentence.doc[last.last]) :]
        leads = _TAGGED.match(behind) or _IN.match(behind)
        if leads and not line and _OF_SOMETHING.match(behind, leads.end()):
            continue
        source = line and re.search(r"\b(?:from|by|with)(?: the)?$", before)
        if leads or source or (told and _BESIDE.search(before)):
            told = True
            yield from ((m, sentence.doc[m.root]) for m in row)


def _rows(sentence: Sentence, start: int) -> Iterator[list[Mention]]:
    """Names of possible investors from a token on that only commas and “and” part, those in brackets left out."""
    row: list[Mention] = []
    for mention in sorted((m for m in sentence.mentions if m.named and m.first >= start), key=lambda m: m.first):
        if mention.entity is None or mention.entity.type not in _INVESTORS or _in_brackets(sentence, mention):
            continue
        between = sentence.doc[row[-1].last + 1 : mention.first] if row else ()
        if row and not (len(between) and all(t.lower_ in (",", "and", "&", "the") for t in between)):
            yield row
            row = []
        row.append(mention)
    if row:
        yield row


def _in_brackets(sentence: Sentence, mention: Mention) -> bool:
    before = sentence.text[: sentence.doc[mention.first].idx]
    return before.count("(") > before.count(")")


def _found(
    investors: Iterator[tuple[Mention, Token]], firm: EntityRef, raiser: Mention | None = None
) -> Iterator[Found]:
    other = raiser or Mention(-1, -1, -1, "", "description", firm)
    for investor, trigger in investors:
        if investor.entity is not None and investor.entity != firm:
            yield Found("investsIn", investor.entity, firm, trigger, _FRAME, (investor, other))


def _sums(sentence: Sentence, amount: Amount, firm: EntityRef) -> list[Measured]:
    """What the firm raises, and what it is worth then: “$40M at $2B”."""
    out = [_measured(sentence, amount, firm, "investment")]
    for other in sentence.amounts:
        lead = sentence.text[: other.span.start].rstrip()
        if other.first <= amount.last or not _VALUED.search(lead) or other.span.kind not in ("money", "count"):
            continue
        if other.span.kind == "count":  # “at north of a billion”
            if not _SCALE.search(other.span.quantity.text):
                continue
            same = replace(other.span.quantity, unit=amount.span.quantity.unit)
            other = replace(other, span=replace(other.span, quantity=same, kind="money"))
        out.append(_measured(sentence, other, firm, "marketCap"))
        break
    return out


def _measured(sentence: Sentence, amount: Amount, firm: EntityRef, metric: str) -> Measured:
    quantity, trigger = amount.span.quantity, sentence.doc[amount.root]
    return Measured(firm, metric, quantity, Reading("level"), None, None, trigger, amount)
