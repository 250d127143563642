"""The forms for who is hit if somebody stops, and for who was: “Which companies would suffer if X stood still?”"""

from __future__ import annotations

import re

from qa.asked import FIRMS, kind_words_of, wanted_by
from qa.conditions import query
from qa.draft import Draft
from qa.kinds import trade_in
from qa.query import Link, Node, Query, Side
from qa.words import lemmas

_BUYING = {*lemmas("buy buying order orders purchase purchasing pay paying spend spending demand")}
_LESS = {*lemmas("stop not cease cut halt cancel slash fewer less end scrap drop reduce no withdraw")}
_TROUBLE = (
    r"(?:troubles?|problems?|cris[ie]s|disputes?|rows?|quarrels?|feuds?|fires?|blazes?|strikes?|outages?|shut-?downs?"
    r"|stoppages?|woes|turmoil|accidents?|halts?|shortages?|difficulties|upheavals?|stand-?offs?|delays?|mess|chaos)"
)
_TROUBLED = re.compile(
    rf"\b(?:by|from|under|through|of|with) (?:the |an? |its )?(?:[\w-]+ ){{0,2}}?{_TROUBLE}"
    rf"(?: \S+){{0,2}}? (?:at|of|in|with|over|around|inside|from) (?:the )?⟨n⟩|⟨n⟩'s (?:[\w-]+ ){{0,2}}?{_TROUBLE}\b",
    re.I,
)
HARMED = lemmas("stopped halted short shortage idle hit hurt suffer lack lacking want delayed disrupted harm miss slow")


def harmed(draft: Draft) -> list[Query]:
    """“Which customers have been hurt by the trouble at X?”: the customers of X of whom a claim tells what befell
    them.
    """
    named = [i for i, item in enumerate(draft.items) if item.name and not draft.question.placed & {*item.name.ids}]
    masked = " ".join("⟨n⟩" if i in named else item.text for i, item in enumerate(draft.items)).replace(" 's", "'s")
    if len(named) != 1 or draft.supposed or not draft.question.has("hit") or not _TROUBLED.search(masked):
        return []
    node = draft.named(named[0])[0]
    link = Link(("supplies",), "object", node)
    fields = _asked(draft) | {"about": (), "words": (), "soft": (), "period": None, "must": HARMED}
    everything = set(range(len(draft.items)))
    return [query("list", draft, everything, nodes=(node,), link=link, wide=True, **fields)]


def _asked(draft: Draft, whom: str = "customers") -> dict[str, object]:
    """The types of those who are asked for, what they are called and the words for their trade: “which cloud firms”."""
    if draft.wh is None:
        return {"wanted": FIRMS, "noun": whom}
    wanted, after = wanted_by(draft, draft.wh)
    firms = tuple(t for t in wanted.types if t in FIRMS) or FIRMS
    kind = kind_words_of(draft, after)
    trade = trade_in((*kind, *lemmas(wanted.label)))
    return {"wanted": firms, "noun": wanted.label if trade else whom, "kind_words": kind if trade else ()}


def hit(draft: Draft) -> list[Query]:
    """“Which companies would be hit if X stood still?”, “Which customers would suffer if X's campus closed?”"""
    supposed = sorted(draft.supposed)
    named = [draft.items[i] for i in supposed if draft.items[i].name]
    main = [i for i in range(len(draft.items)) if i not in supposed]
    if not named or any(draft.items[i].name for i in main) or not draft.question.has("hit"):
        return []
    node = Node(ids=named[0].name.ids if named[0].name else (), label=named[0].text)
    nouns = [s for i in main for s in draft.items[i].all("noun") if s.name in ("supplies", "manufactures")]
    side: Side = nouns[0].side if nouns else "subject" if _buys_no_more(draft) else "object"
    link = Link(("supplies",), side, node)
    soft = tuple(s for i in supposed for s in _part(draft, i))
    return [
        query(
            "list",
            draft,
            set(main),
            nodes=(node,),
            **_asked(draft, "customers" if side == "object" else "suppliers"),
            link=link,
            about=(),
            period=None,
            names=(),
            wish="future",
            words=(),
            soft=soft,
            options=tuple(Node(ids=n.name.ids if n.name else (), label=n.text) for n in named[1:]),
            narrow=True,
            wide=not nouns,
        )
    ]


def _part(draft: Draft, i: int) -> tuple[str, ...]:
    """The stems of what may stop at a firm: its campus, its wafers; not of its name, nor of what it does or stops."""
    item = draft.items[i]
    if item.name or any(item.sense(kind) for kind in ("verb", "cancel", "hit", "latest")):
        return ()
    stems = (s for s in draft.question.stems[item.start : item.end] if s[0].isalnum())
    return tuple(s for s in stems if s not in draft.lexicon.light | _NO_MORE)


_NO_MORE = {
    *lemmas("no not longer stop cease still stand able unable able deliver ship supply serve suddenly tomorrow")
}


def _buys_no_more(draft: Draft) -> bool:
    """Whether the if-clause takes a customer away, so that it is the suppliers who are hit."""
    stems = {t.lemma for i in draft.supposed for t in draft.question.tokens[draft.items[i].start : draft.items[i].end]}
    return bool(_BUYING & stems) and bool(_LESS & stems)
