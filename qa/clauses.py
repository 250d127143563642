"""The parts of a description: its head, the name it holds, and its clause, which is read as a question of its own."""

from __future__ import annotations

from dataclasses import replace

from qa.draft import Draft
from qa.focus import QUESTION_WORDS
from qa.forms_list import listing
from qa.phrases import AUXILIARIES, PREPOSITIONS
from qa.query import Node, Query
from qa.spans import Annotated, Item
from qa.words import IRREGULAR, Token

DEFINITE = {"the", "that", "a", "an", "any", "those", "these"}
RELATIVE = {"that", "which", "who"}
_FILLING = {"also", "then", "still"}
_COMPUTED = ("highest", "lowest", "ordinal", "rank", "number", "metric", "average", "sum")
_REACH = 4  # items between the beginning of a phrase and its head


def head_of(draft: Draft, start: int, kinds: tuple[str, ...]) -> int | None:
    """The head of the phrase from `start`: the last class or relation noun of a run of words that only describe."""
    head = None
    for k in range(start, min(start + _REACH, len(draft.items))):
        item = draft.items[k]
        noun = item.sense("class") or item.sense("noun")
        if head is not None and not noun:
            break
        if any(item.sense(kind) for kind in _COMPUTED) or draft.lemma(k) == "'s":
            return None
        if noun:
            head = k if any(item.sense(kind) for kind in kinds) else None
        elif item.sense("verb") or draft.lemma(k) in PREPOSITIONS | AUXILIARIES | RELATIVE:
            break
    return head


def clause_of(draft: Draft, start: int, head: int, at: int) -> tuple[list[Query], int] | None:
    """The readings of the clause at `at` as a question for the phrase [start, head], and where it ends."""
    relative = draft.lemma(at) in RELATIVE
    verb = next((k for k in range(at + relative, min(at + 7, len(draft.items))) if draft.items[k].sense("verb")), None)
    if verb is None or any(draft.items[k].text in "?,;" for k in range(at, verb)):
        return None
    subject = any(draft.items[k].name for k in range(at + relative, verb))
    participle = verb == at and _participle(draft, verb)
    if not relative and not subject and not participle:
        return None
    end = _clause_end(draft, verb + 1)
    if not subject and not any(draft.items[k].name for k in range(verb + 1, end)):
        return None
    return _asked_of(draft, start, head, at + relative, end, passive=participle)


def _asked_of(
    draft: Draft, start: int, head: int, clause: int, end: int, *, passive: bool
) -> tuple[list[Query], int] | None:
    """The clause [clause, end) put as a question for the phrase [start, head]."""
    inner = _cut(draft.question, start, head + 1, clause, end, passive=passive)
    whole = (q for q in listing(Draft(inner, draft.lexicon)) if q.link and q.link.relations and not q.link.given.open)
    readings = [replace(q, kind="list") for q in whole]
    return (readings, end) if readings else None


def second_clause(draft: Draft, start: int, head: int, at: int) -> tuple[list[Query], int] | None:
    """The second of two clauses about the phrase [start, head]: “… that supplies X and (that) competes with Y”."""
    if draft.lemma(at) not in ("and", "but", "yet"):
        return None
    behind = at + 1
    while draft.lemma(behind) in RELATIVE | _FILLING:
        behind += 1
    if not draft.reader.at_verb(behind) or draft.items[behind].name:
        return None
    end = _clause_end(draft, behind + 1)
    if not any(draft.items[k].name for k in range(behind + 1, end)) or _participle(draft, behind):
        return None
    return _asked_of(draft, start, head, behind, end, passive=False)


def plain_head(draft: Draft, start: int) -> int | None:
    """A word of which nothing is known where the head stands: “the machine that …”."""
    token = draft.items[start].token if start < len(draft.items) else None
    unread = token is not None and not draft.items[start].senses and token.text.isalpha() and token.text.islower()
    followed = draft.lemma(start + 1) in RELATIVE or (draft.reader.at_verb(start + 1) and _participle(draft, start + 1))
    plain = unread and token is not None and token.lemma not in AUXILIARIES | PREPOSITIONS | draft.lexicon.light
    return start if plain and followed else None


def _participle(draft: Draft, verb: int) -> bool:
    """Whether the verb there may describe the noun before it: “designed by X”, “used at X”, “run by X”."""
    first = draft.question.tokens[draft.items[verb].start].text.lower()
    last = draft.items[verb].text.lower().split()[-1]
    governing = last in PREPOSITIONS or draft.lemma(verb + 1) in PREPOSITIONS
    return draft.lemma(verb + 1) == "by" or (governing and (first.endswith("ed") or first in IRREGULAR))


def _clause_end(draft: Draft, start: int) -> int:
    """Where the rest of a clause ends: before the verb or auxiliary of the sentence around it, or its mark."""
    end = start
    goods = None
    for k in range(start, len(draft.items)):
        item, lemma = draft.items[k], draft.lemma(k)
        goods = k if lemma == "with" and end > start else goods
        if lemma in AUXILIARIES | QUESTION_WORDS | {"and", "or", "if"} or item.text in "?,;.!":
            break
        thing = bool(item.name or item.sense("class") or item.sense("noun"))
        if item.sense("verb") and not thing and k - 1 != goods:
            break
        if thing or lemma == "'s" or _of_goods(goods, k, lemma):
            end = k + 1
    return end


def _of_goods(goods: int | None, k: int, lemma: str) -> bool:
    """Whether the word at `k` tells what somebody is supplied with, `goods` being where that “with” stands."""
    return goods is not None and k > goods and lemma not in PREPOSITIONS


def _cut(question: Annotated, start: int, head: int, clause: int, end: int, *, passive: bool) -> Annotated:
    """The phrase as a question: “which” with the words [start, head), “is” if `passive`, the clause [clause, end)."""
    opening = [Token("which", "which", 0, 5)]
    middle = [Token("is", "be", 0, 2)] if passive else []
    tokens: list[Token] = [*opening]
    items: list[Item] = [Item(0, 1, "which", token=opening[0])]
    for part, extra in ((question.items[start:head], middle), (question.items[clause:end], [])):
        first, last = part[0].start, max(item.end for item in part)
        shift = len(tokens) - first
        tokens += question.tokens[first:last]
        items += [replace(item, start=item.start + shift, end=item.end + shift) for item in part]
        for token in extra:
            items.append(Item(len(tokens), len(tokens) + 1, token.text, token=token))
            tokens.append(token)
    kept = {item.name for item in items if item.name}
    return replace(
        question,
        text=" ".join(token.text for token in tokens),
        tokens=tuple(tokens),
        items=tuple(items),
        names=tuple(hit for hit in question.names if hit in kept),
        quantities=(),
        period=None,
        periods=(),
        relative=None,
        unknown=tuple(name for name in question.unknown if name in " ".join(t.text for t in tokens)),
    )


def wording(draft: Draft, start: int, end: int) -> str:
    """The wording of the items [start, end)."""
    first, last = draft.items[start], max(item.end for item in draft.items[start:end])
    tokens = draft.question.tokens
    return draft.question.text[tokens[first.start].start : tokens[last - 1].end]


def name_at(draft: Draft, start: int) -> tuple[Node, int] | None:
    """The name that the phrase from `start` consists of, and where it ends."""
    k = start
    while draft.lemma(k) in DEFINITE:
        k += 1
    if k >= len(draft.items) or not draft.items[k].name:
        return None
    return None if draft.lemma(k + 1) == "'s" else (node_of(draft.items[k]), k + 1)


def node_of(item: Item) -> Node:
    """The node of a name."""
    return Node(ids=item.name.ids if item.name else (), label=item.text)


def thing_at(draft: Draft, start: int) -> tuple[Node, int] | None:
    """“X's chips”: things of somebody, by which the one who is named may be meant."""
    k = start + (draft.lemma(start) in DEFINITE)
    if not 0 < k + 2 < len(draft.items) or not draft.items[k].name or draft.lemma(k + 1) != "'s":
        return None
    found = draft.reader.np(k)
    return found if found is not None and found[0].link is not None and not found[0].link.relations else None
