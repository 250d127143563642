"""Forms about posts and dates: who leads or founded whom, and when something happened."""

from __future__ import annotations

from qa.called import called, only_called
from qa.conditions import query
from qa.draft import Draft
from qa.lexicon import Sense
from qa.query import Link, Node, Query
from qa.words import lemmas

_VERB_ROLES = {
    "found": ("founder",),
    "start": ("founder",),
    "chair": ("chairman",),
    "co-found": ("co-founder",),
    "presid": ("president",),
    "set up": ("founder",),
    "brainchild": ("founder",),
    "father": ("founder",),
}
_PARTS = {"financ": "cfo", "mon": "cfo", "purs": "cfo", "technology": "cto", "research": "head of research"}
_ANY = {
    "in charge",
    *lemmas(
        "leadership captain skipper supremo helmsman figurehead command helm direct steer oversee head chief boss"
        " leader run lead manage"
    ),
}


_LED = ("Company", "Organization", "Facility")


def role(draft: Draft) -> list[Query]:
    """“Who is X's finance chief?”, “Who heads the owner of X?”, “What is the name of the president?”"""
    for i, item in enumerate(draft.items):
        sense = _leads(item.all("noun")) or (_leads(item.all("verb")) if i <= 3 else None)
        if sense is None or (draft.wh is not None and i < draft.wh):
            continue
        if sense.kind == "verb" and _thing_asked(draft, i):
            continue
        given = _of_whom(draft, i)
        person = bool(draft.question.people & {*given.ids})
        words = post(draft, i, sense)
        return [
            query(
                "list",
                draft,
                {i},
                nodes=(given,),
                wanted=_LED if person else ("Person",),
                noun="those" if person else item.text,
                link=Link(("leads",), "object" if person else "subject", given),
                role=words,
                highest=not words and not person,
            )
        ]
    return []


def post(draft: Draft, at: int, sense: Sense) -> tuple[str, ...]:
    """The stems of the post that a word of leading names; none if it is just whoever leads."""
    item = draft.items[at]
    stems = [t.lemma for t in draft.question.tokens[item.start : item.end]]
    posts = tuple(w for s in stems for w in _VERB_ROLES.get(s, ()))
    words = tuple(r for w in posts for r in draft.lexicon.role([w])) or draft.lexicon.role(stems)
    anybody = sense.kind == "verb" and not posts
    anybody = anybody or (bool(_ANY & {*stems, " ".join(stems)}) and len(stems) <= 2)
    return _post_of(draft, at) or (() if anybody else words)


def _thing_asked(draft: Draft, verb: int) -> bool:
    """Whether something that is no person is asked for: “which chips run …”."""
    kinds = {s.name for item in draft.items[(draft.wh or 0) + 1 : verb] for s in item.all("class")}
    return bool(kinds) and "Person" not in kinds


def _post_of(draft: Draft, at: int) -> tuple[str, ...]:
    """The post of whoever looks after a part: “who looks after its finances”."""
    words = [item for item in draft.items[at:] if not item.name]
    stems = {token.lemma for item in words for token in draft.question.tokens[item.start : item.end]}
    part = next((post for word, post in _PARTS.items() if word in stems), "")
    return draft.lexicon.role(lemmas(part)) if part else ()


def _leads(senses: tuple[Sense, ...]) -> Sense | None:
    return next((s for s in senses if s.name == "leads"), None)


def _of_whom(draft: Draft, at: int) -> Node:
    """Whom the post belongs to: the possessor before it, or what follows it."""
    for i in range(at - 1, 0, -1):
        if draft.lemma(i) == "'s" and draft.items[i - 1].name:
            name = draft.items[i - 1].name
            return Node(ids=name.ids if name else (), label=draft.items[i - 1].text)
    for i in range(at + 1, min(at + 5, len(draft.items))):
        found = draft.reader.np(i)
        if found and (found[0].named or found[0].link or found[0].types):
            return found[0]
    named = draft.named()
    return named[0] if named else Node()


def when(draft: Draft) -> list[Query]:
    """“When did X acquire Y?”: the period of the relation."""
    for i, item in enumerate(draft.items):
        senses = item.all("verb")
        if not senses:
            continue
        relations = tuple(dict.fromkeys(s.name for s in senses if s.side == senses[0].side))
        before, after = draft.named(0, i), draft.named(i)
        first, second = (
            (before[0], after[-1]) if before and after else (before[:2] if len(before) > 1 else (None, None))
        )
        if first is None or second is None:
            continue
        if (senses[0].side == "object") != draft.reader.passive(i):
            first, second = second, first
        return [query("when", draft, {i}, nodes=(first, second), owner=first, link=Link(relations, "object", second))]
    return []


def when_called(draft: Draft) -> list[Query]:
    """“When did X become the chief executive of Y?”, “When did Denmark become X's base?”"""
    named = draft.named()
    at = next((i for i, item in enumerate(draft.items) if item.sense("noun")), None)
    if at is None or len(named) != 2 or not only_called(draft):
        return []
    noun = draft.items[at].all("noun")[0]
    so_called, given = called(draft, at, named)
    first, second = (so_called, given) if noun.side == "subject" else (given, so_called)
    link = Link((noun.name,), "object", second)
    return [query("when", draft, {at}, nodes=(first, second), owner=first, link=link)]
