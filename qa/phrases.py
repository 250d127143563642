"""Noun phrases of a question: names, possessives, classes with relative clauses; each becomes a Node."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from qa.query import Link, Node
from qa.spans import Annotated, Item

_DETERMINERS = {
    "the",
    "a",
    "an",
    "its",
    "their",
    "his",
    "her",
    "this",
    "that",
    "any",
    "some",
    "all",
    "both",
    "other",
    "each",
    "every",
    "of",
}
_STOP = {
    "'s",
    "do",
    "be",
    "have",
    "will",
    "would",
    "could",
    "can",
    "might",
    "may",
    "by",
    "to",
    "from",
    "in",
    "at",
    "on",
    "for",
    "with",
    "than",
    "and",
    "or",
    "if",
    ",",
    "?",
    ".",
    "that",
    "which",
    "who",
    "whose",
    "what",
    "into",
    "how",
}
AUXILIARIES = {"do", "be", "have", "will", "would", "could", "can", "might", "may", "shall", "should", "must"}
PREPOSITIONS = {"of", "to", "for", "from", "in", "at", "by", "on", "with", "into", "behind", "than"}


@dataclass(slots=True)
class Reader:
    """Reads nodes off the items; `context` gathers names passed over on the way (“Tesla's AI6”: Tesla)."""

    question: Annotated
    context: list[Node] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    described: set[int] = field(default_factory=set)

    @property
    def items(self) -> tuple[Item, ...]:
        """The spans of the question."""
        return self.question.items

    def lemma(self, i: int) -> str:
        """The stem of the first token of an item; empty beyond the ends."""
        if not 0 <= i < len(self.items):
            return ""
        token = self.items[i].token
        return token.lemma if token else self.question.tokens[self.items[i].start].lemma

    def at_verb(self, i: int) -> bool:
        """Whether a relation verb stands there."""
        return 0 <= i < len(self.items) and self.items[i].sense("verb") is not None

    def head(self, i: int, *, reach: int = 4) -> int | None:
        """Where the head of the noun phrase beginning at `i` stands: a name, a relation noun or a class."""
        for j in range(i, min(i + reach, len(self.items))):
            item = self.items[j]
            if item.name or item.sense("noun") or item.sense("class"):
                return j
            lemma = self.lemma(j)
            if item.token and lemma in _STOP and lemma not in _DETERMINERS:
                return None
            if item.sense("verb") and not item.sense("noun") and j > i:
                return None
        return None

    def np(self, i: int) -> tuple[Node, int] | None:
        """The node whose phrase begins at `i`, and where it ends; None if there is no name or class."""
        j = self.head(i)
        if j is None:
            return None
        item = self.items[j]
        node = self.of_item(item)
        self.used.add(j)
        end = j + 1
        place = self._place_before(i, j)
        if item.name and self.kind_at(end):
            place, node = node, Node(label=item.text)
            j, item = end, self.items[end]
        if place is not None and not item.name:
            return self._placed(place, j)
        if not item.name:
            while end < len(self.items) and (self.items[end].sense("class") or self.items[end].sense("noun")):
                node = self.of_item(self.items[end])
                self.used.add(end)
                end += 1
            found, after = self._after(replace(node, label=self._words(j, end)), end)
            if found.link is not None and not found.link.given.open:
                self.used |= set(range(j, self._clause_end(after)))
                self.described |= set(range(j, self._clause_end(after)))
            return found, after
        if item.name and self.compound(end):
            step = self._possessed(node, end)
            return step if step is not None else (node, end)
        while self.lemma(end) == "'s":
            step = self._possessed(node, end + 1)
            if step is None:
                break
            node, end = step
        return node, end

    def compound(self, i: int) -> bool:
        """Whether a relation noun right behind a name goes with it: “the Osprey suppliers”, “Osprey parent company”."""
        item = self.items[i] if i < len(self.items) else None
        if item is None or item.sense("noun") is None:
            return False
        alone = i < 3 and all(after.text in "?." for after in self.items[i + 1 :])
        return item.text.lower().endswith("s") or (alone and self.lemma(0) not in AUXILIARIES)

    def kind_at(self, i: int) -> bool:
        """Whether a class right behind the name of a place says what is meant: “the Hsinchu foundry”."""
        if not 0 < i < len(self.items) or not self.items[i].sense("class") or self.items[i].name:
            return False
        name = self.items[i - 1].name
        return name is not None and bool(self.question.placed & {*name.ids})

    def _place_before(self, start: int, end: int) -> Node | None:
        """The place of an adjective in the phrase: “the Dutch equipment maker”."""
        label = next((s.name for k in range(start, end) for s in self.items[k].all("demonym")), None)
        ids = self.question.places.get(label or "", ())
        return Node(ids=ids, label=label or "") if ids else None

    def _placed(self, place: Node, j: int) -> tuple[Node, int]:
        """Somebody of a class who is located in a place; the words between belong to the description."""
        end = j
        types: tuple[str, ...] = ()
        while end < len(self.items) and (self.items[end].sense("class") or self.items[end].sense("noun")):
            types = self.of_item(self.items[end]).types or types
            self.used.add(end)
            end += 1
        self.described |= set(range(max(0, j - 2), end))
        label = " ".join((place.label, self._words(j, end)))
        return Node(label=label, types=types or ("Company",), link=Link(("locatedIn",), "subject", place)), end

    def _clause_end(self, i: int) -> int:
        """Where the relative clause that reaches `i` ends: at the next auxiliary, comma or mark."""
        while i < len(self.items) and self.lemma(i) not in AUXILIARIES | {",", "?", ".", "if"}:
            i += 1
        return i

    def of_item(self, item: Item) -> Node:
        """The node of one item: named, a relation's side (given unknown), or a class."""
        if item.name:
            return Node(ids=item.name.ids, label=item.text)
        nouns = item.all("noun")
        types = tuple(dict.fromkeys(s.name for s in item.all("class")))
        if nouns:
            names = tuple(dict.fromkeys(s.name for s in nouns if s.side == nouns[0].side))
            types = () if names == ("partOf",) else types  # a part may be of any kind
            return Node(label=item.text, types=types, link=Link(names, nouns[0].side, Node()))
        return Node(label=item.text, types=types)

    def _words(self, start: int, end: int) -> str:
        return " ".join(self.items[k].text for k in range(start, end))

    def _possessed(self, owner: Node, i: int) -> tuple[Node, int] | None:
        """What follows a possessive: its relation noun, a name that belongs to it, or a class of its things."""
        j = self.head(i)
        if j is None or any(self.items[k].sense("metric") for k in range(i, j + 1)):
            return None
        item = self.items[j]
        self.used.add(j)
        if item.name:
            self.context.append(owner)
            return Node(ids=item.name.ids, label=item.text), j + 1
        node = self.of_item(item)
        if node.link:
            return replace(node, link=replace(node.link, given=owner)), j + 1
        return Node(label=self._words(i, j + 1), types=node.types, link=Link((), "subject", owner)), j + 1

    def _after(self, node: Node, i: int) -> tuple[Node, int]:
        """To whom a relation noun relates: “customers of X”, or whose thing does what: “whose software uses X”.
        Descriptions with clauses of their own are settled before (`settle`).
        """
        if self.lemma(i) == "whose":
            return self._whose(node, i + 1)
        if node.link is None or self.lemma(i) not in PREPOSITIONS - {"than", "with", "by"}:
            return node, i
        found = self.np(i + 1)
        if found and node.link.relations == ("partOf",) and self.lemma(i) == "from" and found[0].named:
            return found  # parts that come from a firm, not parts of it: what is done to them is done to the firm
        return (replace(node, link=replace(node.link, given=found[0])), found[1]) if found else (node, i)

    def _whose(self, node: Node, i: int) -> tuple[Node, int]:
        """“the company whose software depends on X”: the owner of a thing that stands in the relation."""
        verb = next((k for k in range(i, min(i + 8, len(self.items))) if self.at_verb(k)), None)
        if verb is None:
            return node, i
        found = self.clause(verb)
        if found is None:
            return node, i
        link, end = found
        thing = self.head(i)
        own = self.of_item(self.items[thing]) if thing is not None and thing < verb else Node()
        if own.link and not own.ids:
            return replace(
                node,
                link=replace(
                    own.link, asks="object" if own.link.asks == "subject" else "subject", given=Node(link=link)
                ),
            ), end
        inner = Node(link=link, types=own.types, label=own.label, ids=own.ids)
        return replace(node, link=Link((), "subject", inner)), end

    def passive(self, verb: int) -> bool:
        """Whether the relation verb at `verb` stands in the passive."""
        item = self.items[verb]
        token = self.question.tokens[item.start]
        if (
            not (token.past or self.lemma(verb + 1) == "by")
            or all(s.name == "locatedIn" for s in item.all("verb"))
            or self._state(verb)
            or any(s.predicate for s in item.all("verb"))
            or item.text.lower().endswith(" by")
            or (item.words > 1 and "to" in self.question.stems[item.start + 1 : item.start + 2])
        ):
            return False
        before = [stem for k in range(max(0, verb - 4), verb) for stem in self._opening(k)]
        if "have" in before and "be" not in before:
            return False
        return self.lemma(verb + 1) == "by" or ("be" in before and "do" not in before)

    def _opening(self, i: int) -> tuple[str, ...]:
        """The stem of the first token of an item; both of “what is”."""
        item = self.items[i]
        return self.question.stems[item.start : item.end] if item.sense("profile") else (self.lemma(i),)

    def _state(self, verb: int) -> bool:
        """Whether a participle with its preposition says what somebody uses or needs: “trained on”, “built with”."""
        item = self.items[verb]
        held = all(s.name in ("uses", "dependsOn", "partOf") for s in item.all("verb"))
        last = item.text.lower().split()[-1]
        return held and item.words > 1 and last in ("on", "with", "of", "from") and self.lemma(verb + 1) != "by"

    def clause(self, i: int) -> tuple[Link, int] | None:
        """A relative clause whose missing part is its head: “that supplies X”, “that X supplies”, “designed by X”."""
        subject: Node | None = None
        verb = next((k for k in range(i, min(i + 8, len(self.items))) if self.at_verb(k)), None)
        if verb is None:
            return None
        for k in range(i, verb):
            if self.items[k].name:
                found = self.np(k)
                subject = found[0] if found else None
                break
        item = self.items[verb]
        self.used.add(verb)
        senses = item.all("verb")
        side = senses[0].side
        relations = tuple(dict.fromkeys(s.name for s in senses if s.side == side))
        flip = (side == "object") != self.passive(verb)
        after = verb + 1
        while self.lemma(after) in PREPOSITIONS:
            after += 1
        given, end = subject, after
        if subject is None:
            found = self.np(after)
            if found is None:
                return None
            given, end = found
        asks_subject = (subject is None) != flip
        return Link(relations, "subject" if asks_subject else "object", given or Node()), end
