"""The form for who is hit if somebody stops: “Which companies would suffer if X stood still?”"""

from __future__ import annotations

from qa.asked import FIRMS
from qa.conditions import query
from qa.draft import Draft
from qa.query import Link, Node, Query, Side
from qa.words import lemmas

_BUYING = {*lemmas("buy buying order orders purchase purchasing pay paying spend spending demand")}
_LESS = {*lemmas("stop not cease cut halt cancel slash fewer less end scrap drop reduce no withdraw")}


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
    words = [t.lemma for i in supposed for t in draft.question.tokens[draft.items[i].start : draft.items[i].end]]
    soft = tuple(w for w in words if w not in draft.lexicon.light)
    return [
        query(
            "list",
            draft,
            set(main),
            nodes=(node,),
            wanted=FIRMS,
            noun="customers" if side == "object" else "suppliers",
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


def _buys_no_more(draft: Draft) -> bool:
    """Whether the if-clause takes a customer away, so that it is the suppliers who are hit."""
    stems = {t.lemma for i in draft.supposed for t in draft.question.tokens[draft.items[i].start : draft.items[i].end]}
    return bool(_BUYING & stems) and bool(_LESS & stems)
