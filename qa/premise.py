"""A statement before the question: cut off, freed of who told it; and what the question takes up of its words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.preface import unprefaced

_ASKS = (
    r"(?i:who|what|which|how|when|where|whose|whom|why|is|are|was|were|do|does|did|has|have|had|can|could|will|would)"
)
_SPLIT = re.compile(
    rf"^(?P<told>(?!{_ASKS}\b)[A-Za-z](?:[^.?!;]|\.(?=\S)){{8,}}?[\w%)’'\"])"
    r"(?<! Co)(?<! Inc)(?<! Corp)(?<! Ltd)(?<! vs)(?<! No)(?<! Mr)(?<! Ms)(?<! Dr)(?<! Jr)"
    r"\. +(?P<asked>[A-Z][^.]*\?)$"
)
_TOLD = re.compile(
    r"^(?:i(?:['’]ve| have)? (?:read|hear|heard|see|seen|saw|understand|gather|believe|think|know|was told|am told)"
    r"(?: (?:somewhere|it said|it reported|in the (?:papers?|news|press)))*(?: that)?"
    r"|(?:a|an|my|our|one|some) (?:[a-z]+ ){1,2}?"
    r"(?:claims?|says?|said|tells? (?:me|us)|told (?:me|us)|reckons?|insists?)(?: that)?"
    r"|(?:people|they|some) (?:say|claim|think)(?: that)?|it is (?:said|reported|rumou?red|claimed)(?: that)?"
    r"|(?:the )?word is(?: that)?|rumou?r has it(?: that)?|(?:apparently|reportedly|supposedly|allegedly),?) +",
    re.I,
)
_BY = re.compile(
    r"^(?:(?i:according to|going by) (?P<of>[A-Z][^,]{1,40}), +"
    r"|(?P<by>[A-Z][\w&. ]{1,30}?) (?:has |have )?(?:reported|reports|wrote|writes|said|says|claimed|claims) (?:that )?"
    r"(?=[A-Z]))"
)
_SUPPOSED = re.compile(r"^(?:suppose|supposing|assume|assuming|imagine|let(?: us|['’]s) say|say)\b", re.I)
_TRUTH = re.compile(
    r"^(?:(?:is|was) (?:that|this|it) (?:so|true|right|correct|the case|accurate)|(?:true|correct|right|really)"
    r"|(?:did|has|have|will|does|do|is|was|were) (?:it|they|that|this)(?: (?:really|actually|ever))?"
    r"(?: (?:happen(?:ed)?|go through|gone through|come off|go ahead|work out|succeed(?:ed)?))?"
    r"|(?:did|has|will) (?:that|this|the) (?:deal|takeover|purchase|merger|sale|order|plan|acquisition)"
    r"(?: (?:really|actually|ever))? (?:go through|gone through|happen(?:ed)?|go ahead|come off|close|closed))$",
    re.I,
)
_STANCE = re.compile(
    r"^(?i:does|do|did|has|have) (?P<who>[A-Z][\w&. -]{1,40}?) "
    r"(?:tell (?:the same|that|this) story|say (?:the same|so)(?: too)?|agree(?: with (?:that|this|it))?"
    r"|confirm(?:ed)? (?:it|that|this)|see (?:it|that) (?:the same|that) way)$"
)
_WHICH = re.compile(
    r"^(?:which(?: ones?| are (?:they|these|those))?|who(?: are (?:they|these|those))?|what are they(?: called)?)$",
    re.I,
)
_SEVERAL = re.compile(
    r"^(?:(?:only |at least )?(?:two|three|four|five|six|several|some|a few|a couple of|certain|many|various)) "
    r"(?=[a-z][\w-]*(?: [a-z][\w-]*)?s\b)",
    re.I,
)
_SOMEBODY = re.compile(r"^(?:somebody|someone|some (?:firm|company|group)|one (?:firm|company|group)) ", re.I)
_A_THING = re.compile(
    r"^(?P<who>(?:the )?[A-Z][\w&.-]*(?: [A-Z][\w&.-]*){0,3}) (?P<verb>[a-z]+(?: [a-z]+){0,2}?) "
    r"an? (?P<noun>[\w-]+(?: [a-z][\w-]*){0,2}?)"
    r"(?P<rest>| (?:in|from|with|to|on|for|of|last|this|early|late|during)\b.*)$"
)
_AMOUNTS = r"(?:stake|share|holding|order|contract|deal|loss|profit|investment|backlog|valuation)"
_HOW_MUCH = re.compile(
    r"^(?:(?P<how>how (?:big|large|much|high)) (?:is|was) (?:it|that|this|the \w+)(?P<worth> worth)?"
    r"|what (?:is|was) (?:it|that|this) worth|what (?:does|did) (?:it|that|this) (?:come|amount) to)"
    r"(?P<unit> in \w+)?$",
    re.I,
)
_PAID = re.compile(
    r"^(?:(?:what|how much) (?:did|does|will|would|has|have|is|was) (?:it|they|he|she|that|this) "
    r"(?:pay|paid|cost|spend|spent|put in|invest|paying)(?: (?:for|on|into) (?:it|them|that|this))?"
    r"|(?:what (?:is|was)|at what) (?:the )?(?:price|sum|cost)|how much (?:is|was) paid(?: for (?:it|them|that))?)$",
    re.I,
)
_HELD = re.compile(
    r"^(?:what|how (?:big|large) an?) (?:stake|share|holding|percentage)(?: of it)? (?:did|does|do|has|will) "
    r"(?:that|this|it|they) (?:give|get|buy|bring|hold|own|have|mean)(?: it| them| for it)?(?: now)?$",
    re.I,
)
_REST = re.compile(r"^(?P<ask>who (?:owns|holds|has|bought|took)) the (?:rest|remainder|remaining [\w%]+)$", re.I)


@dataclass(frozen=True, slots=True)
class Premise:
    """What is stated first, without who told it, and what is asked then."""

    stated: str
    asked: str

    @property
    def bare(self) -> str:
        """The question without its mark."""
        return self.asked.rstrip("?!. ")


UNCLEAR = "it is not clear what the question takes up of what is told before it: put both into one question"


def told_before(text: str) -> bool:
    """Whether somebody first states what the question then leans on: “Acme bought a chipmaker. Who runs it?”"""
    return _SPLIT.match(unprefaced(text)) is not None


def premise(text: str) -> Premise | None:
    """The statement and the question of a text that has one of each, in this order.

    >>> premise("I read that Arbor bought Bolt. For how much?")
    Premise(stated='Arbor bought Bolt', asked='For how much?')
    >>> premise("Who supplies Arbor Co. Ltd?") is None
    True
    """
    found = _SPLIT.match(unprefaced(text))
    if found is None or _SUPPOSED.match(found["told"]):
        return None
    told, asked = found["told"], found["asked"]
    told = _BY.sub("", _TOLD.sub("", told))
    return Premise(told[:1].upper() + told[1:], asked)


def whether(told: Premise) -> str | None:
    """The statement as a question, if it is asked whether it is so, or whether somebody says so."""
    if _TRUTH.match(told.bare):
        return f"{told.stated}?"
    stance = _STANCE.match(told.bare)
    return f"{told.stated} according to {stance['who']}?" if stance else None


def completed(told: Premise) -> str | None:
    """The question that one about something which only the statement describes stands for.

    >>> completed(Premise("Two firms supply Arbor with lasers", "Which ones?"))
    'Which firms supply Arbor with lasers?'
    >>> completed(Premise("Arbor bought a laser maker", "Who runs that laser maker?"))
    'Who runs the laser maker that Arbor bought?'
    >>> completed(Premise("Arbor won an order from Bolt", "What is it worth in euros?"))
    "How much is Arbor's order from Bolt worth in euros?"
    """
    if _WHICH.match(told.bare):
        for pattern, asking in ((_SEVERAL, "Which"), (_SOMEBODY, "Who")):
            if pattern.match(told.stated):
                return f"{pattern.sub(f'{asking} ', told.stated)}?"
    thing = _A_THING.match(told.stated)
    if thing is None:
        return None
    own = re.search(rf"\b{_AMOUNTS}\b", thing["noun"])
    if own and (found := _HOW_MUCH.match(told.bare)):
        worth = "" if found["how"] and not found["worth"] else " worth"
        of = f"{thing['who']}'s {thing['noun']}{thing['rest']}"
        return f"{found['how'] or 'How much'} is {of}{worth}{found['unit'] or ''}?"
    last = thing["noun"].split()[-1]
    pointed = re.search(rf"\b(?:that|the|this) (?:[a-z][\w-]* )?{re.escape(last)}\b", told.asked)
    if pointed is None or own:
        return None
    meant = f"the {thing['noun']} that {thing['who']} {thing['verb']}"
    rest = told.asked[pointed.end() :].replace(" for now", " now")
    return told.asked[: pointed.start()] + meant + rest


def shortened(told: Premise) -> str:
    """The question as a turn that leans on the statement: “for how much?”, “what stake?”."""
    if _PAID.match(told.bare):
        return "For how much?"
    return "What stake?" if _HELD.match(told.bare) else told.asked


def of_the_rest(told: Premise) -> str | None:
    """“Who owns the rest?” of one who is said to own a part, as a pattern for both names."""
    found = _REST.match(told.bare)
    return f"{found['ask']} {{other}} besides {{one}}?" if found else None
