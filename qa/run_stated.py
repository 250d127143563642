"""Executing questions for a number that a sentence states beside a noun: “32 companies, among them …”."""

from __future__ import annotations

import re

from graph.model import Claim
from qa.answer import Amount
from qa.facts import View
from qa.mention import mention
from qa.outcome import Outcome, unknown
from qa.query import Query
from qa.run_fact import hedges, quantity
from qa.sparql import Pattern
from qa.words import begun, lemma, lemmas

_WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_NUMBER = re.compile(r"\b(\d[\d,]*|" + "|".join(_WORDS) + r")\s+((?:[\w'’-]+\s+){0,2}?)([\w'’-]+)\b", re.IGNORECASE)

_YEAR = re.compile(r"(?:19|20)\d\d")


def run_stated(view: View, query: Query) -> Outcome:
    """The number that stands with the noun in a sentence about everybody named; unknown if sentences differ."""
    ids = tuple(i for n in query.about for i in n.ids)
    noun = begun([query.noun])[-1:]
    found = _found(view, query, view.claims(Pattern(either=ids, counted=noun)))
    if len(found) != 1:
        why = "sentences give several" if found else "no sentence states it"
        return unknown(f"the number of {query.noun} is not in the graph: {why}")
    number, claims = next(iter(found.items()))
    amount = Amount(quantity(number, "count"), derived=True)
    return Outcome("answered", (amount,), (claims[0],), f"{number}, as the sentence has it", hedges(claims[:1]))


def _found(view: View, query: Query, claims: list[Claim]) -> dict[int, list[Claim]]:
    """The numbers that claims about everybody named state, each with those that do."""
    found: dict[int, list[Claim]] = {}
    for claim in claims:
        if claim.affirmed and all(mention(view, claim, n) > 0.5 for n in query.about):
            for number in {n for e in claim.evidence for n in _numbers(e.quote, query)}:
                found.setdefault(number, []).append(claim)
    return found


def _numbers(quote: str, query: Query) -> list[int]:
    """Numbers right before the noun in a sentence that bears out the rest of the question."""
    noun = lemmas(query.noun)
    out = []
    for match in _NUMBER.finditer(quote):
        run = [lemma(w) for w in (match[2] + " " + match[3]).split()]
        if noun and noun[-1] in run:
            if _YEAR.fullmatch(match[1].rstrip(",")):
                continue
            word = match[1].lower().replace(",", "")
            out.append(int(word) if word.isdigit() else _WORDS.index(word) + 1)
    rest = {*query.words, *query.soft} - set(noun)
    return out if out and len(rest - set(lemmas(quote))) <= len(rest) // 2 else []
