"""Questions for who says something, put as “Who said that …?”, however they ask for the source."""

from __future__ import annotations

import re

_FIGURE = (
    r"(?:figures?|numbers?|estimates?|forecasts?|counts?|claims?|projections?|predictions?|calculations?|statistics?|data"
    r"|information|news|report|statement|assertion|idea|story|rumou?r|quote|view|opinion|word|words|reckoning|account"
    r"|telling|tally|judg(?:e)?ment|assessment)"
)
_SOURCE = (
    r"(?:firms?|houses?|outlets?|newspapers?|papers?|agency|agencies|newswires?|banks?|brokers?|brokerages?|analysts?"
    r"|researchers?|institutes?|consultanc(?:y|ies)|magazines?|sites?|blogs?|publications?|media|journalists?|reports?"
    r"|sources?|pollsters?|executives?|officials?|person|observers?|bodies|body|trackers?)"
)
_LINK = r"(?:of|for|that|about|behind|on|saying|as to)"
_AUX = r"(?:do|does|did|is|are|was|were|has|have|had|will|would|can|could|may|might)"
_AMOUNT = r"(?=.*(?:(?<![\w-])\$?\d|\b(?:half|third|quarter|million|billion|trillion)\b))"
_TELLS = r"(?:told|tells|informed|assured|warned) (?!.*\bto\b .* that\b)(?P<whom>[^,?]{1,60}?) that"
_PUTS = (
    r"(?:puts?|gives?|gave|sees?|saw|pegs?|pegged|places?|placed|counts?|counted|rates?|rated|credits?|credited|assigns?"
    r"|estimates?|estimated|calculates?|calculated|cites?|quotes?|quoted|names?|named|supplied|came up with)"
)
_VALUES = r"(?P<value>values?|valued|prices?|priced)"
_WHO = rf"(?:who|(?:which|what)(?: [\w-]+){{0,3}}? {_SOURCE})"

_FORMS = tuple(
    re.compile(form, re.I)
    for form in (
        rf"^(?:from )?where {_AUX} (?:the |this |that )?{_FIGURE} {_LINK} (?P<what>.+?) (?:come|stem|originate|derive)"
        r"(?: from)?\s*\?*$",
        rf"^(?:by|on|according to|per|in|going by|at|from) (?:whose|which {_SOURCE}['’]s?) {_FIGURE} {_AUX} "
        r"(?P<what>.+)$",
        rf"^(?:according to|per|going by) (?:whom?|what|which {_SOURCE}) {_AUX} (?P<what>.+)$",
        rf"^whose {_FIGURE} (?:is|was|are|were) (?:it that |(?:the |this )?{_FIGURE} {_LINK} |that )?(?P<what>.+)$",
        rf"^whose (?:is|was) (?:the |this ){_FIGURE} {_LINK} (?P<what>.+)$",
        rf"^{_WHO} (?:is|was|are|were) (?:quoted|cited|reported|named|given) (?:as |for |with )?(?:saying |claiming )?"
        r"(?:that )?(?P<what>.+)$",
        r"^(?:what|who) (?:is|was|are|were) the sources? (?:of|for|behind) (?:the |this )?"
        rf"(?:{_FIGURE} {_LINK} )?(?P<what>.+)$",
        rf"^{_WHO} (?:was the |were the )?(?:first (?:to )?)(?:reported|report|wrote|write|broke|break|said|say)"
        r"(?: the news)?(?: that| of| about| on)? (?P<what>.+)$",
        rf"^{_WHO} {_TELLS} (?P<what>.+)$",
        rf"^{_WHO} {_PUTS} (?P<what>{_AMOUNT}.+)$",
        rf"^{_WHO} (?P<what>{_VALUES} {_AMOUNT}.+)$",
    )
)


def source_asked(text: str) -> str:
    """The question as “Who said that …?”, if it asks for a source in another way.

    >>> source_asked("Where does the figure of 500 chips come from?"), source_asked("By whose count did X ship 5%?")
    ('Who said that 500 chips?', 'Who said that X ship 5%?')
    """
    for form in _FORMS:
        found = form.match(text)
        if found:
            return f"Who said that {found['what'].strip().rstrip('?. ')}?"
    return text
