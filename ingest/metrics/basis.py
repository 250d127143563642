"""Level, change or share: what an amount says of its metric."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from ingest.arguments import verb_name
from ingest.metrics.links import clause_of
from ingest.metrics.staff import staff_move
from ingest.metrics.terms import metric_verbs
from ingest.parsed import Amount, Sentence
from ingest.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_GAP = 12  # tokens between two shares of a row
_UP = words("up")
_DOWN = words("down")
_SHARE_OF = re.compile(
    r"^\s*(?:of|in)\s+(?:the\s+|its\s+|their\s+|that|all\s+|total\s+|[\w'’.-]+(?:['’]s)\s+|(?:the\s+)?[\w-]+\s+|(?:the\s+)?(?:company|group|firm|quarter|year)['’]s\s+)*"
    r"(?:total|revenues?|sales|turnover|income|profits?|backlog|orders?|obligations|business|it|that|this|figure|capacity|output|shipments|production|supply|spending|capex|cards?|amount|budget)\b",
    re.IGNORECASE,
)
_SET_ASIDE = {
    "earmark",
    "allocate",
    "destine",
    "reserve",
    "devote",
    "intend",
    "mean",
    "budget",
    "set",
    "spend",
    "direct",
}
_RULING = frozenset(["capture", "command", "control", "corner", "dominate", "hold"])
_SHARE_VERB = words("share_verbs")
_MARKET = re.compile(r"market|world|global|industry", re.IGNORECASE)
_ROW = re.compile(
    r"^(?:\s*(?:,|and\b|or\b|,\s*and\b)\s*(?:(?:about|some|roughly|nearly)\s+)?\d[\d.]*\s*(?:%|per\s?cent))+"
)  # “22%, 15% and 11% of sales”: of the same whole, all of them
_BASIS_PERIOD = (
    (
        "qoq",
        re.compile(
            r"q/q|qoq|quarter[- ](?:on|over)[- ]quarter|on the quarter|sequential"
            r"|from the (?:previous|preceding|prior) quarter|quarter earlier|three months (?:earlier|before)",
            re.IGNORECASE,
        ),
    ),
    (
        "yoy",
        re.compile(
            r"y/y|yoy|year[- ](?:on|over)[- ]year|a year (?:earlier|before|ago)|year[- ]ago"
            r"|twelve months (?:earlier|before)|12 months|same (?:period|quarter|stretch)|on the year"
            r"|than in 20\d\d|in a year",
            re.IGNORECASE,
        ),
    ),
)


_REACHED = re.compile(
    r"\b(?:ris|rose|clim|soar|surg|jump|grow|grew|increas|push|top|pass|fall|fell|sink|sank|drop|shoot|shot|head|go|went|edg|inch|slid|slip|hit|reach)\w*\s+"
    r"(?:\w+ly\s+)?(?:above|past|beyond|over|below|under|through|between|within)\b",
    re.IGNORECASE,
)  # movements that end at the amount: “climb above 50%”
_MADE_UP = re.compile(
    r"\bma(?:de|kes?|king) up\W(?:[\d.,%\s]|\band\b|\bor\b|\bsome\b|\babout\b|\bjust\b)*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Reading:
    """Basis with the sign of a change (−1 for a fall), over what time, and of what for a share."""

    basis: Literal["level", "change", "share"]
    sign: int = 1
    basis_period: str | None = None
    of: str | None = None


def read_basis(
    sentence: Sentence,
    amount: Amount,
    before: tuple[Reading, Amount] | None = None,
    shared: tuple[Reading, Amount] | None = None,
) -> Reading:
    """How an amount is meant, from its own wording and the words next to it; `before` is the last change read, `shared`
    the last share.
    """
    own = _read(sentence, amount)
    if own.basis == "level" and shared is not None and shares_too(sentence, shared[1], amount):
        return shared[0]
    if own == Reading("share") and shared is not None and shares_too(sentence, shared[1], amount):
        return replace(own, of=shared[0].of)  # “brought in 9% of sales and the top five 40%”
    if own.basis == "level" and before is not None and _goes_on(sentence, before[1], amount):
        after = sentence.text[amount.span.end : amount.span.end + 70]
        return Reading("change", before[0].sign, _over(after))
    return own


def shares_too(sentence: Sentence, before: Amount, amount: Amount) -> bool:
    """Whether a percentage is one more share, its verb left out: “phones brought 23% of sales and tablets 37%”, “was
    18% of the total, up from 9%”.
    """
    between = sentence.doc[before.last + 1 : amount.first]
    if amount.span.kind != "percent" or amount.span.delta not in (None, "from") or len(between) > _GAP:
        return False
    own = clause_of(sentence.doc[before.root]) if sentence.doc[before.root].dep_ == "nsubj" else None
    return not any(
        (t.pos_ in ("VERB", "AUX") and t != own) or t.text == ";" or sentence.amount_at(t) is not None for t in between
    )


def _goes_on(sentence: Sentence, before: Amount, amount: Amount) -> bool:
    """Whether a percentage is one more change: “rose 11% on the year and 4% on the quarter”, “and profit 3% to $1m”."""
    if amount.span.kind != "percent" or amount.span.delta is not None:
        return False
    following = sentence.doc[amount.last + 1 : amount.last + 3]
    if len(following) > 1 and following[0].lower_ == "to" and sentence.amount_at(following[1]) is not None:
        return True
    between = sentence.doc[before.last + 1 : amount.first]
    if any(t.pos_ in ("VERB", "AUX") or t.text == ";" or sentence.amount_at(t) is not None for t in between):
        return False
    return _over(sentence.text[amount.span.end : amount.span.end + 30]) is not None


def _read(sentence: Sentence, amount: Amount) -> Reading:
    kind, delta = amount.span.kind, amount.span.delta
    if _MADE_UP.search(sentence.text[: amount.span.start]) or _MADE_UP.search(sentence.text[: amount.span.start + 4]):
        delta = None
    if delta == "up" and _eaten_up(sentence.doc, amount.first):
        delta = None
    after = sentence.text[amount.span.end : amount.span.end + 70]
    before = sentence.text[max(0, amount.span.start - 40) : amount.span.start]
    moved = staff_move(sentence, amount)
    if moved and delta not in ("to", "from"):
        return Reading("change", moved)
    if delta in ("up", "down") and _REACHED.search(before + amount.span.quantity.text):
        return Reading("level")
    if kind == "percent" and _earmarked(sentence.doc[amount.root]) is not None:
        return Reading("share")
    if kind in ("percent", "points", "multiple"):
        if (
            kind == "percent"
            and _SHARE_OF.match(after)
            and delta not in ("up", "down")
            and not _MARKET.search(after[:45])
            and not _of_a_trade(sentence, amount)
        ):
            return Reading("share", of=_of_text(after))
        if delta in ("up", "down", "by"):
            return Reading("change", _sign(sentence, amount), _over(after))
        sign = 0 if delta is None and amount.span.delta else _sign_word(sentence, amount)
        if sign and delta not in ("to", "from"):
            return Reading("change", sign, _over(after))
        if kind == "percent" and _share_verb(sentence.doc[amount.root]):
            return Reading("share", of=_of_text(_ROW.sub("", after)))
        if kind == "multiple":
            return Reading("change", 1, _over(after))
    elif delta in ("up", "down", "by") and not _stated(sentence.doc[amount.root], before):
        return Reading("change", _sign(sentence, amount), _over(after))
    elif delta is None and kind == "money" and (sign := _moved_by(sentence.doc[amount.root])):
        return Reading("change", sign, _over(after))
    return Reading("level")


def _of_a_trade(sentence: Sentence, amount: Amount) -> bool:
    """“controls 71% of foundry revenue”: of what all firms of a trade take, no part of one firm's."""
    root = sentence.doc[amount.root]
    wholes = [g for c in root.children if c.lower_ == "of" for g in c.children if g.dep_ == "pobj"]
    named = all(t.pos_ == "NOUN" and any(c.dep_ in ("amod", "compound") for c in t.children) for t in wholes)
    owned = any(c.dep_ in ("poss", "det") for t in wholes for c in t.children)
    return root.head.lemma_.lower() in _RULING and bool(wholes) and named and not owned


def _eaten_up(doc: Doc, first: int) -> bool:
    """“research ate up $8m”, “took up about a third”: the particle belongs to the verb and raises nothing."""
    particle = next((t for t in doc[max(0, first - 3) : first + 1] if t.lower_ == "up"), None)
    return particle is not None and particle.i > 0 and doc[particle.i - 1].lemma_.lower() in words("consuming")


def _moved_by(root: Token) -> int:
    """“cut net income by $3bn”: which way the verb moves the figure by the amount; 0 if it does not."""
    if root.dep_ != "pobj" or root.head.lower_ != "by":
        return 0
    above = root.head.head
    above = above.head if above.dep_ == "dobj" else above
    verb = above.lemma_.lower() if above.pos_ == "VERB" else ""
    return -1 if verb in _DOWN else int(verb in _UP or verb in ("raise", "lift", "boost"))


def _sign(sentence: Sentence, amount: Amount) -> int:
    if amount.span.delta == "down":
        return -1
    return _sign_word(sentence, amount) or 1 if amount.span.delta == "by" else 1


def _sign_word(sentence: Sentence, amount: Amount) -> int:
    """+1 or −1 from a word of movement that governs the amount or follows it; 0 for none."""
    root = sentence.doc[amount.root]
    near: list[Token] = [root.head]
    if root.head.dep_ == "prep" and root.head.lower_ in ("by", "of"):
        near.append(root.head.head)  # “up by 5%”, “a rise of 20%”
    if amount.first > 1 and sentence.doc[amount.first - 1].lower_ == "of":
        near.append(sentence.doc[amount.first - 2])  # “…, an increase of 5% year over year”, however it is parsed
    if amount.last + 1 < len(sentence.doc):
        near.append(sentence.doc[amount.last + 1])
    if amount.first > 0 and sentence.doc[amount.first - 1].dep_ != "prt":
        near.append(sentence.doc[amount.first - 1])
    for token in near:
        word = token.lemma_.lower()
        if root.dep_ == "pobj" and root.head.lower_ in ("to", "from", "at") and token == root.head:
            continue
        if word in _UP or token.lower_ in _UP:
            return 1 if not (token.lower_ == "more" and token.i < amount.first) else 0
        if word in _DOWN or token.lower_ in _DOWN:
            return -1 if not (token.lower_ in ("less", "fewer") and token.i < amount.first) else 0
    return 0


def _stated(root: Token, before: str) -> bool:
    """Whether the verb states the amount itself: “raised 2bn yuan”, “lost $3bn”; not “rose by $3bn”."""
    return root.head.pos_ == "VERB" and verb_name(root.head) in metric_verbs() and not before.rstrip().endswith(" by")


def _over(after: str) -> str | None:
    hits = [(hit.start(), name) for name, pattern in _BASIS_PERIOD if (hit := pattern.search(after[:45]))]
    return min(hits)[1] if hits else None


def _of_text(after: str) -> str | None:
    found = _SHARE_OF.match(after)
    return re.sub(r"^\s*(?:of|in)\s+", "", found.group()) if found else None


def _earmarked(root: Token) -> Token | None:
    """What a part is set aside for: “about half earmarked for advanced semiconductors”."""
    for child in root.children:
        if child.dep_ == "acl" and child.lemma_.lower() in _SET_ASIDE:
            return next((g for c in child.children if c.dep_ == "prep" for g in c.children if g.dep_ == "pobj"), None)
    return None


def set_aside_for(sentence: Sentence, amount: Amount) -> str | None:
    """The noun phrase of what a share is earmarked for."""
    target = _earmarked(sentence.doc[amount.root])
    return str(sentence.doc[target.left_edge.i : target.i + 1].text) if target is not None else None


def _share_verb(root: Token) -> bool:
    token = root
    while token.dep_ in ("conj", "appos") and token.head.lower_ == token.lower_:
        token = token.head  # “22%, 15% and 11%”
    for _ in range(3):
        token = token.head
        if token.lemma_.lower() in _SHARE_VERB:
            return token.lemma_.lower() not in ("make", "bring") or any(
                c.lower_ in ("up", "in") for c in token.children
            )
    return False
