"""A form while it is being put together: things, links and tests, each placed where it costs least."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from qa.rdf.form import Attr, Body, Link, Target, Test, Thing
from qa.rdf.paths import Paths
from qa.rdf.profile import Profile, Property, Step

_FAR = 0.12
_NEW = 0.35
_NEVER = 99.0
_SAME = 0.25
_OUTSIDE = 0.85
_IDLE = 0.6
_LIKELY = 0.1
_GIVEN = 0.3


@dataclass(slots=True)
class Hint:
    """A word of the question that speaks for a link: its place, and how well it says which property."""

    at: int
    scores: dict[str, float]
    used: int = 0
    text: str = ""


@dataclass(slots=True)
class Scope:
    """A part of the form: the whole of it, or what must be absent."""

    things: list[int] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    tests: list[Test] = field(default_factory=list)


class Draft:
    """Things get numbers in the order in which they come up; `places` says where in the question."""

    def __init__(self, profile: Profile, paths: Paths, hints: Sequence[Hint], *, shared: bool = False) -> None:
        self.profile = profile
        self.paths = paths
        self.hints = list(hints)
        self.shared = shared
        self.things: list[Thing] = []
        self.places: list[int] = []
        self.main = Scope()
        self.absent: list[Scope] = []
        self.inside: Scope | None = None
        self.cost = 0.0
        self.failed: list[str] = []
        self.doubles: dict[int, list[int]] = {}
        self.explicit: set[int] = set()
        self.asked: set[int] = set()
        self.resumed: tuple[Body, ...] = ()

    @property
    def scope(self) -> Scope:
        """Where things go now."""
        return self.inside or self.main

    def deny(self) -> None:
        """What comes from here on must be absent."""
        self.inside = Scope()
        self.absent.append(self.inside)

    def allow(self) -> None:
        """The denied part ends."""
        self.inside = None

    def visible(self) -> list[int]:
        """The things that can be linked to from here."""
        seen = list(self.main.things)
        return seen + (self.inside.things if self.inside else [])

    def find(self, cls: str) -> int | None:
        """The last thing of a class that is no named node, if there is one to be seen."""
        for n in reversed(self.visible()):
            if self.things[n].cls == cls and not self.things[n].nodes:
                return n
        return None

    def add(self, thing: Thing, place: int) -> int:
        """A thing without links."""
        self.things.append(thing)
        self.places.append(place)
        self.scope.things.append(len(self.things) - 1)
        return len(self.things) - 1

    def thing(self, cls: str, place: int, *, fresh: bool = False) -> int:
        """The thing of a class: the one at hand, else a new one linked to what there is."""
        found = None if fresh else self.find(cls)
        if found is not None:
            return found
        return self.joined(Thing(cls), place)

    def joined(self, thing: Thing, place: int, classes: Sequence[str] = ()) -> int:
        """A new thing, linked to the thing at hand that is nearest. `classes`: what a named node may be."""
        options = list(classes) or [thing.cls]
        best: tuple[float, int, tuple[Step, ...], str] | None = None
        same: int | None = None
        for rank, anchor in enumerate(reversed(self.visible())):
            for cls in options:
                for path in self.paths.between(self.things[anchor].cls, cls):
                    cost = self.price(path, self.places[anchor], place) + _FAR * rank
                    if best is None or cost < best[0]:
                        best = (cost, anchor, path, cls)
        if thing.nodes:
            same = self._same(options)
            price = self._same_price(same, place)
            if same is not None and (best is None or best[0] > price):
                self.cost += price
                self.things[same] = Thing(self.things[same].cls, thing.nodes, thing.label)
                return same
        if best is None:
            if self.visible():
                self.failed.append(thing.label or thing.cls)
                self.cost += _NEVER
            return self.add(replace(thing, cls=options[0]), place)
        cost, anchor, path, cls = best
        self.cost += cost
        return self.walk(anchor, path, Thing(cls, thing.nodes, thing.label), place)

    def _same_price(self, same: int | None, place: int) -> float:
        """What it costs that a named node is a thing at hand: more if words between them speak of a link."""
        if same is None:
            return _NEVER
        between = [h for h in self.hints if self.places[same] < h.at < place]
        idle = sum(1 for h in between if not h.used)
        apart = self.shared or (same in self.explicit and between)
        return _SAME * (3 if apart else 1) + _IDLE * idle

    def _same(self, classes: Sequence[str]) -> int | None:
        """The last thing that a named node may simply be."""
        for n in reversed(self.visible()):
            if self.things[n].cls in classes and not self.things[n].nodes and n not in self.asked:
                return n
        return None

    def walk(self, anchor: int, path: tuple[Step, ...], last: Thing, place: int) -> int:
        """The things and links along a path; its words are used up."""
        self._use(path, self.places[anchor], place)
        at = anchor
        for number, step in enumerate(path):
            thing = last if number == len(path) - 1 else Thing(step.target)
            new = self.add(thing, place)
            self.scope.links.append(Link(at, new, step))
            at = new
        return at

    def price(self, path: tuple[Step, ...], start: int, end: int, only: Hint | None = None) -> float:
        """The cost of a path where the words between (or around) two places speak for its steps, or one word only."""
        cost = self.paths.cost(path)
        left = {id(h): (2 if self.shared else 1) - h.used if only in (None, h) else 0 for h in self.hints}
        for step in path:
            best = self._hint(step, start, end, left)
            if best is not None:
                hint, score = best
                left[id(hint)] -= 1
                cost -= 0.95 * score
        return max(cost, 0.03 * len(path))

    def _hint(self, step: Step, start: int, end: int, left: dict[int, int]) -> tuple[Hint, float] | None:
        low, high = min(start, end), max(start, end)
        best: tuple[Hint, float] | None = None
        for hint in self.hints:
            score = max(hint.scores.get(step.prop, 0.0), hint.scores.get(step.join, 0.0) if step.join else 0.0)
            if score <= 0 or left[id(hint)] <= 0:
                continue
            if not low <= hint.at <= high:
                score *= _OUTSIDE * 0.93 ** min(abs(hint.at - low), abs(hint.at - high))
            if best is None or score > best[1]:
                best = (hint, score)
        return best

    def _use(self, path: tuple[Step, ...], start: int, end: int) -> None:
        left = {id(h): (2 if self.shared else 1) - h.used for h in self.hints}
        for step in path:
            best = self._hint(step, start, end, left)
            if best is not None:
                best[0].used += 1
                left[id(best[0])] -= 1

    def attr(
        self,
        options: Sequence[tuple[str, float]],
        place: int,
        local: int | None = None,
        likely: frozenset[str] = frozenset(),
    ) -> Target | None:
        """Where a property is read: at the thing named beside it (`local`), at one at hand, or at a new one, rather of
        a `likely` class than of another.

        `options` are properties with how well the words say them. Of a property that leads to a node, the node.
        """
        best: tuple[float, str, int | None, str, tuple[Step, ...], int] | None = None
        for iri, score in options:
            prop = self.profile.properties[iri]
            for cls in prop.domains:
                cost, at, path, anchor = self._owner(cls, place, local)
                cost += 2.5 * (1 - score) - self._said(iri, place) - (_LIKELY if cls in likely else 0.0)
                if best is None or cost < best[0]:
                    best = (cost, iri, at, cls, path, anchor)
        if best is None or best[0] >= _NEVER:
            return None
        cost, iri, at, cls, path, anchor = best
        self.cost += cost
        if at is None:
            at = self.walk(anchor, path, Thing(cls), place) if path else self.add(Thing(cls), place)
        return self.value(at, self.profile.properties[iri], place)

    def _said(self, iri: str, place: int) -> float:
        """What a word beside a value takes off the cost of its property (into X: destination)."""
        near = [h.scores.get(iri, 0.0) for h in self.hints if not h.used and 0 < place - h.at <= 4]
        return 0.3 * max(near, default=0.0)

    def _owner(self, cls: str, place: int, local: int | None) -> tuple[float, int | None, tuple[Step, ...], int]:
        """The cost of having a thing of a class, the thing if there is one, else the path to a new one."""
        best: tuple[float, int | None, tuple[Step, ...], int] = (_NEVER, None, (), 0)
        if not self.visible():
            return 0.0, None, (), 0
        for rank, n in enumerate(reversed(self.visible())):
            thing = self.things[n]
            near = 0.0 if n == local else _FAR * rank + (0.15 if local is not None else 0.0)
            near += _GIVEN if thing.nodes and n != local else 0.0
            if thing.cls == cls and near < best[0]:
                best = (near, n, (), n)
        for rank, n in enumerate(reversed(self.visible())):
            for path in self.paths.between(self.things[n].cls, cls):
                far = 0.0 if n == local else _FAR * rank + (0.15 if local is not None else 0.0)
                far += _GIVEN if self.things[n].nodes and n != local else 0.0
                cost = self.price(path, self.places[n], place) + _NEW + far
                if cost < best[0]:
                    best = (cost, None, path, n)
        return best

    def value(self, at: int, prop: Property, place: int) -> Target:
        """The value of a property at a thing; for a link the thing it leads to, shared with an earlier mention."""
        if prop.kind != "node":
            return Attr(at, prop.iri)
        for link in (*self.main.links, *self.scope.links):
            if link.source == at and link.step.prop == prop.iri and not link.step.back:
                return link.target
        steps = [s for s in self.profile.steps if s.prop == prop.iri and s.source == self.things[at].cls]
        target = max((s.target for s in steps), key=lambda c: prop.ranges.get(c, 0), default="")
        new = self.add(Thing(target), place)
        self.scope.links.append(Link(at, new, Step(self.things[at].cls, target, prop.iri)))
        return new

    def test(self, test: Test) -> None:
        """A condition, in the part that is being written; a thing's doubles must meet it too."""
        self.scope.tests.append(test)
        if isinstance(test.target, Attr):
            for double in self.doubles.get(test.target.thing, ()):
                self.scope.tests.append(replace(test, target=Attr(double, test.target.prop)))

    def chain(self, thing: int) -> list[Link]:
        """The links that lead to a thing from the first one."""
        out: list[Link] = []
        at = thing
        while True:
            link = next((k for k in (*self.main.links, *self.scope.links) if k.target == at), None)
            if link is None or len(out) > 8:
                return out
            out.insert(0, link)
            at = link.source

    def doubled(self, thing: int) -> bool:
        """Whether there can be several such things beside one of what is asked for."""
        return any(self.paths.many((k.step,)) for k in self.chain(thing))

    def copy(self, thing: int) -> int:
        """A second thing that hangs together with the first one like this one, and meets its tests but the last."""
        links = self.chain(thing)
        start = max(n for n, k in enumerate(links) if self.paths.many((k.step,)))
        at = links[start].source
        for link in links[start:]:
            new = self.add(self.things[link.target], self.places[link.target])
            self.scope.links.append(Link(at, new, link.step))
            at = new
        for test in self.scope.tests[:-1]:
            if isinstance(test.target, Attr) and test.target.thing == thing:
                self.scope.tests.insert(0, replace(test, target=Attr(at, test.target.prop)))
        self.doubles.setdefault(thing, []).append(at)
        self.doubles.setdefault(at, []).append(thing)
        return at

    def body(self) -> Body:
        """What was put together."""
        denied = tuple(self._body(s) for s in self.absent if s.things or s.tests or s.links)
        whole = self._body(self.main)
        return Body(whole.things, whole.links, whole.tests, (*self.resumed, *denied))

    def _body(self, scope: Scope) -> Body:
        return Body({n: self.things[n] for n in scope.things}, tuple(scope.links), tuple(scope.tests))
