"""How large a part of a firm somebody holds: which percentage of a sentence belongs to which holder."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from graph.identity import plain
from ingest.metrics.basis import read_basis
from ingest.metrics.gaps import gap_name
from ingest.metrics.links import clause_of
from ingest.parsed import Amount, Sentence, after_bracket
from ingest.relations.found import Found

_NEAR = 12  # tokens from the word that says it to its percentage
_BESIDE = 6  # tokens from a percentage to the name of the firm it is a part of
_MORE = re.compile(r"\b(?:another|further|additional|extra|remaining|other)\W+(?:[\w.]+\W+)?$", re.IGNORECASE)
_ADDED = re.compile(r"^\W*(?:more|extra)\b(?!\s+than)", re.IGNORECASE)
_OF_ANOTHER = re.compile(
    r"^\s*(?:of|in)\s+(?:(?:the|its|their|his|her|total|all|[\w.-]+['’]s)\s+){0,3}"
    r"(?:sales|revenues?|turnover|profits?|income|market|orders?|capacity|output|shipments|staff|workforce|discount|premium)\b"
    r"|^\s*(?:discount|premium|margin|rise|gain|fall|drop|increase|tariff|interest rate|coupon)\b",
    re.IGNORECASE,
)


def with_stakes(sentence: Sentence, related: Iterable[Found]) -> list[Found]:
    """Relations of holders with the percentage of each, in qualifiers as well; what several share is nobody's own."""
    relations = list(related)
    held = [_stake(sentence, f) if f.staked else None for f in relations]
    out = []
    for found, amount in zip(relations, held, strict=True):
        if not found.staked:
            out.append(found)
            continue
        same = [f for f, a in zip(relations, held, strict=True) if a is amount]
        rivals = {f.subject.id for f in same if f.object.id == found.object.id}
        nearest = min(_past(f, amount) for f in same if f.subject.id == found.subject.id) if amount is not None else 0
        alone = amount is not None and _past(found, amount) == nearest and (len(rivals) == 1 or _each(sentence))
        own = amount if alone else None
        kept = {name: value for name, value in found.qualifiers if name != "stake"}
        low = own.span.quantity.low if own is not None else None
        if low is not None:
            kept["stake"] = plain(low) or ""
        out.append(replace(found, stake=own, qualifiers=tuple(sorted(kept.items()))))
    return out


def _stake(sentence: Sentence, found: Found) -> Amount | None:
    """The percentage that a holder has: the one behind its name where the verb is left out, else one tied to the firm,
    else the nearest to the word that says it.
    """
    amounts = sorted(sentence.amounts, key=lambda a: a.first)
    for before, amount in pairwise(amounts):
        if gap_name(sentence, before, amount) is found.mentions[0] and _is_part(sentence, amount):
            return amount
    if found.mentions[0].first > found.trigger.i and found.trigger.pos_ == "VERB" and _left_out(sentence, found):
        return None
    near = [
        a
        for a in amounts
        if abs(a.root - found.trigger.i) <= _NEAR and _is_part(sentence, a) and _same_clause(sentence, found, a)
    ]
    tied = [a for a in near if _tied(sentence, found, a)]
    reached = [a for a in tied or near if a.span.delta != "from"]
    return min(reached, key=lambda a: abs(a.root - found.trigger.i), default=None)


def _is_part(sentence: Sentence, amount: Amount) -> bool:
    """Whether a percentage may be a part of a firm: no change, no addition, no part of sales."""
    if amount.span.kind != "percent" or amount.span.delta in ("up", "down", "by"):
        return False
    before, after = sentence.text[: amount.span.start], sentence.text[amount.span.end :]
    if _MORE.search(before) or _ADDED.match(after) or _OF_ANOTHER.match(after):
        return False
    return read_basis(sentence, amount).basis != "change"


def _same_clause(sentence: Sentence, found: Found, amount: Amount) -> bool:
    first, last = sorted((found.trigger.i, amount.root))
    if any(t.text == ";" for t in sentence.doc[first:last]):
        return False
    own, other = clause_of(sentence.doc[amount.root]), clause_of(found.trigger)
    return own == other or found.trigger in sentence.doc[amount.root].ancestors


def _tied(sentence: Sentence, found: Found, amount: Amount) -> bool:
    """Whether a percentage stands beside the firm it is a part of: “12% of Acme”, “Acme (12%)”."""
    target = found.mentions[1]
    between = sentence.doc[amount.last + 1 : target.first]
    if (
        between
        and len(between) <= _BESIDE
        and between[0].lower_ in ("of", "in", "stake", "interest", "holding", "share")
    ):
        return not any(sentence.amount_at(t) or sentence.mention_at(t) for t in between)
    follows = after_bracket(sentence.doc, target.last + 1) > amount.first > target.last
    return follows and sentence.doc[target.last + 1].text == "("


def _left_out(sentence: Sentence, found: Found) -> bool:
    """Whether the holder stands behind the figure of another, and so has none that is told."""
    return any(
        found.trigger.i < a.first < found.mentions[0].first for a in sentence.amounts if a.span.kind == "percent"
    )


def _past(found: Found, amount: Amount) -> int:
    """How far behind a percentage the firm is named; one named before it counts as near: “12% of Acme and a share in
    Bolt”.
    """
    return max(0, found.mentions[1].first - amount.last)


def _each(sentence: Sentence) -> bool:
    return any(t.lower_ in ("each", "apiece") for t in sentence.doc)
