"""A question for a forecast as it was before, or is since, it was revised: the words that say so, taken out of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.vocabulary import read_yaml
from qa.query import Stage

_WORDS = read_yaml("qa", "revision.yaml")


def _any(*kinds: str) -> str:
    """One of the words of some kinds, as a piece of a regular expression."""
    return "|".join(word for kind in kinds for word in _WORDS[kind])


_UP, _DOWN, _REVISE = _any("up"), _any("down"), _any("up", "down", "either")
_FORECAST, _ACT, _MONTH = _any("forecasts"), _any("acts"), _any("months")
_BEFORE = ("before", "until", "till", "prior to", "ahead of", "up to")
_WHEN = "|".join((*_BEFORE, "since", "after", "following", "now that"))
_CLAUSE = re.compile(rf"(?P<lead>^|[ ,]+)(?:\b(?P<when>{_WHEN})) (?P<what>[^,?;]+)", re.I)
_ACTIVE = re.compile(
    rf"^(?P<who>.*?)\s*\b(?:(?:had|has|have|was|were|been) )*(?P<verb>{_REVISE}) (?P<what>.*\b(?:{_FORECAST})\b.*)$",
    re.I,
)
_PASSIVE = re.compile(
    rf"^(?P<what>it|this|that|they|.*\b(?:{_FORECAST})\b.*?) (?:was|were|is|had been|has been|have been|being) "
    rf"(?P<verb>{_REVISE})\b",
    re.I,
)
_OBJECT = re.compile(rf"^(?:\w+ )?(?P<verb>{_REVISE}) (?:it|them|this|that)\b", re.I)
_NOUN = re.compile(
    rf"^(?:the|its|their|that|this|\w+['’]s)? ?(?:\w+ )?(?P<verb>{_ACT})"
    rf"(?: (?:in|of|to) (?P<what>.*\b(?:{_FORECAST})\b.*))?(?: (?:in|on|last|this) \w+(?: \d+)?)?$",
    re.I,
)
_EVENT = re.compile(
    rf" (?:(?:in|on|at|last|this|earlier|back)\b (?:(?:early|mid|late) )?)+(?:the )?(?:{_MONTH})\b[\w ]*$", re.I
)
_PRONOUN = re.compile(r"^(?:it|they|he|she|the \w+|management)?$", re.I)
_OPEN = re.compile(r"^(?:(?:its|their|the|his|her|a|an) )?(?P<rest>.*)$", re.I)
_MARKED = (
    r"(?P<open>\b(?:the|its|their|an?|what|which|and|than)|['’]s?|^) (?:(?P<between>(?!year|quarter)\S+ )??)"
    r"(?P<mark>{marks}) (?P<what>(?!year\b|quarter\b|month\b|half\b|day\b)(?:\S+ ){{0,6}}?(?:{forecast})\b)"
)
_OLDER = re.compile(_MARKED.format(marks=_any("old"), forecast=_FORECAST), re.I)
_NEWER = re.compile(_MARKED.format(marks=_any("new"), forecast=_FORECAST), re.I)
_AT_FIRST = re.compile(
    rf",? ?\b(?:{_any('at_first')}|(?:first|earlier)(?= (?:{_any('foreseeing')}|plan|forecast|guide|project)))\b", re.I
)
_FORESEEN = re.compile(rf"\b(?:{_any('forecasts', 'foreseeing')})\b", re.I)
_HOW_FAR = re.compile(
    r"\b(?:by how(?: much| many)?|by what|how far|how (?:big|large|deep|steep|sharp)"
    r"|what (?:is|was) the (?:size|extent|scale))\b"
    r"|\bhow (?:much|many)\b(?=.* by\s*\?*$)|\bhow much\b(?= (?:has|have|did|does|had) )"
    r"|\bhow much (?:more|less|higher|lower|bigger|smaller)\b",
    re.I,
)
_REVISES = re.compile(rf"\b(?P<verb>{_REVISE}) (?P<what>(?:\S+ ){{0,9}}?(?:{_FORECAST})\b)(?P<after>.*)", re.I)
_CUT_OF = re.compile(rf"\b(?P<what>{_FORECAST}) (?P<verb>{_ACT})\b", re.I)
_CUT_IN = re.compile(rf"\b(?P<verb>{_ACT}) (?:in|of|to) (?P<what>.*\b(?:{_FORECAST})\b)", re.I)
_LED = re.compile(r"^(?: |\b(?:was|is|were|the|of|in|to|a)\b)+", re.I)
_SECOND = re.compile(
    rf"\b(?:than|and|from|against|versus|over)\b (?:(?:its|their|the|it|that) )?(?:{_any('old')}|was|had been)\b.*$",
    re.I,
)


_SEASON = _any("months").replace("|week|month|year", "")
_BARE = rf"(?P<told>{_SEASON})(?! (?:of )?(?:\d|quarter)|[-–])"
_TOLD_IN = re.compile(rf" (?:back )?(?:in|as of|last) (?:the )?{_BARE}(?=[,?. ]|$)", re.I)
_UNTIL_THEN = re.compile(
    rf"^(?:until|till|up to|before) (?:the (?:end|start|beginning|middle) of |early |late |mid-?)?(?:{_SEASON})"
    r"(?: (?:19|20)\d\d)?, ",
    re.I,
)
_TOLD_OF = re.compile(rf"(?:(?<=the)|(?<=its)|(?<=['’]s)|(?<=their)) {_BARE} (?=(?:{_FORECAST})\b)", re.I)
_TOLD_AT = re.compile(
    rf"(?:^| )(?:back )?(?:in|as of|by) (?:early |mid-?|late )?(?P<told>{_SEASON}) (?:of )?(?P<year>(?:19|20)\d\d)"
    r"(?=[,?. ]|$),? ?",
    re.I,
)
_BACK_IN = re.compile(rf" back in {_BARE}(?=[,?. ]|$)", re.I)
_THE_YEAR = re.compile(r"\b(?:the|that) (?:full |whole |calendar )?year\b(?! (?:before|earlier|to|end))", re.I)
_DATED = re.compile(r"\b(?:(?:19|20)\d\d|quarter|year to|fiscal)\b|\bQ[1-4]\b", re.I)


@dataclass(frozen=True, slots=True)
class Revision:
    """A question without the words for when it was revised.

    `stage`: which of the figures is asked for, if either. `by`: how far they lie apart is asked. `way`: 1 if the
    question takes it that the figure went up, -1 if down, 0 if it does not say. `told`: the month or season in which it
    was said.
    """

    text: str
    stage: Stage = ""
    by: bool = False
    way: int = 0
    told: str = ""


def revision(text: str) -> Revision:
    """What a question says of a forecast's revision.

    >>> revision("What sales did X expect before it raised its outlook in May?")
    Revision(text='What sales did X expect?', stage='before', by=False, way=1, told='')
    """
    far = _how_far(text)
    if far is not None:
        return far
    for found in _CLAUSE.finditer(text):
        act = _act(found["what"])
        if act is None or (found["when"].lower() == "since" and not act[1]):
            continue
        kept, verb = act
        before = found["when"].lower() in _BEFORE
        rest = (text[: found.start()] + text[found.end() :]).strip(" ,")
        return Revision(_with(rest, kept), "before" if before else "after", way=_way(verb))
    until = _UNTIL_THEN.match(text) if _FORESEEN.search(text) else None
    if until:
        return Revision(text[until.end() :], "before")
    if (told := _told_at(text)) is not None:
        return told
    month = _TOLD_OF.search(text) or (_TOLD_IN.search(text) if _FORESEEN.search(text) else None)
    if month and (month.re is _TOLD_OF or _DATED.search(text[: month.start()] + text[month.end() :])):
        return Revision(text[: month.start()] + " " * (month.re is _TOLD_OF) + text[month.end() :], told=month["told"])
    older = _OLDER.search(text)
    if older:
        return Revision(_unmarked(text, older), "before")
    newer = _NEWER.search(text)
    if newer:
        return Revision(_unmarked(text, newer), "after")
    first = _AT_FIRST.search(text)
    if first and _FORESEEN.search(text):
        return Revision(text[: first.start()] + text[first.end() :], "before")
    return Revision(text)


def _told_at(text: str) -> Revision | None:
    """The question for what was foreseen in a month, “in May 2025, what sales did X expect for the year”, which is
    another time than the one it was foreseen for; or “back in May”, which is not.
    """
    if not _FORESEEN.search(text):
        return None
    if found := _TOLD_AT.search(text):
        rest = _THE_YEAR.sub(found["year"], text[: found.start()] + " " + text[found.end() :]).strip()
        return Revision(rest, told=f"{found['told']} {found['year']}") if _DATED.search(rest) else None
    found = _BACK_IN.search(text)
    return Revision(text[: found.start()] + text[found.end() :], told=found["told"]) if found else None


def _act(clause: str) -> tuple[str, str] | None:
    """What a clause about a revision says of the figure beside that it was revised, and the verb."""
    active = _ACTIVE.match(clause)
    if active:
        who = "" if _PRONOUN.match(active["who"]) else active["who"]
        return " ".join((f"{who}'s" if who else "", _bare(active["what"]))).strip().removesuffix("'s"), active["verb"]
    passive = _PASSIVE.match(clause)
    if passive:
        return _bare(passive["what"]), passive["verb"]
    pointing = _OBJECT.match(clause)
    if pointing:
        return "", pointing["verb"]
    noun = _NOUN.match(clause)
    return (_bare(noun["what"] or ""), noun["verb"]) if noun else None


def _bare(phrase: str) -> str:
    """A noun phrase without its determiner and the day of the revision; empty if it only is “the forecast”."""
    opened = _OPEN.match(_EVENT.sub("", phrase))
    rest = opened["rest"] if opened else phrase
    return "" if re.fullmatch(rf"(?:{_FORECAST}|it|this|that|they)", rest, re.I) else rest


def _with(rest: str, kept: str) -> str:
    """The question with what only the clause said of the figure put behind it."""
    end = rest[len(rest.rstrip("?. ")) :] or "?"
    told = kept and kept.lower() not in rest.lower()
    return f"{rest.rstrip('?. ')}, {kept}{end.strip()}" if told else rest.rstrip("?. ") + end.strip()


def _unmarked(text: str, found: re.Match[str]) -> str:
    return text[: found.start("mark")] + text[found.end("mark") + 1 :]


def _way(verb: str) -> int:
    if re.fullmatch(_UP, verb, re.I):
        return 1
    return -1 if re.fullmatch(_DOWN, verb, re.I) else 0


def _how_far(text: str) -> Revision | None:
    """“By how much did X cut its forecast?”, “How big was the cut in X's outlook?”, “How much higher is X's new target
    than the old one?”
    """
    asked = _HOW_FAR.search(text)
    if asked is None:
        return None
    newer, second = _NEWER.search(text), _SECOND.search(text)
    if newer and second and second.start() > newer.end():
        plain = _NEWER.sub(lambda m: m[0].replace(m["mark"] + " ", "", 1), text[: second.start()])
        return Revision(plain.rstrip() + "?", by=True)
    for pattern in (_REVISES, _CUT_OF, _CUT_IN):
        found = pattern.search(text, asked.end())
        if found is None:
            continue
        rest = text[asked.end() : found.start("verb")].rstrip() + text[found.end("verb") :]
        rest = _LED.sub("", re.sub(r"\s+(?:by\s*)?(?=\?|$)", "", rest))
        return Revision(f"What {rest}", by=True, way=_way(found["verb"]))
    return None
