"""A form in words: how a question was understood."""

from __future__ import annotations

from qa.rdf.form import Body, Column, Form, Target, Test
from qa.rdf.profile import Profile

_FUNCTIONS = {"count": "number of", "sum": "total", "avg": "average", "min": "lowest", "max": "highest", "": ""}
_OPS = {
    "=": "is",
    "!=": "is not",
    "<": "below",
    "<=": "at most",
    ">": "above",
    ">=": "at least",
    "between": "between",
    "contains": "contains",
    "starts": "starts with",
    "ends": "ends with",
    "exists": "is there",
}


def wording(form: Form, profile: Profile) -> str:
    """The form as a phrase, such as “name of singer; where age of singer above 20; ordered by age, highest first”."""
    words = _Words(form, profile)
    asked = "whether it is so" if form.boolean else ", ".join(words.column(c) for c in form.columns)
    parts = [asked, *words.conditions(form.body)]
    parts += [f"without {'; '.join(words.conditions(b)) or 'it'}" for b in form.body.absent]
    for body in form.also:
        parts.append("and also " + "; ".join(words.conditions(body)))
    grouped = [words.target(t) for t in form.group if all(t != c.target for c in form.columns)]
    if grouped:
        parts.append("for each " + ", ".join(dict.fromkeys(grouped)))
    parts += [f"with {words.column(h.column)} {_OPS[h.op]} {h.value}" for h in form.having]
    for order in form.order:
        parts.append(f"ordered by {words.column(order.column)}, {'highest' if order.down else 'lowest'} first")
    if form.limit is not None:
        parts.append(f"the first {form.limit}")
    return "; ".join(p for p in parts if p)


class _Words:
    def __init__(self, form: Form, profile: Profile) -> None:
        self._profile = profile
        bodies = [form.body, *form.body.absent, *form.also]
        self._things = {n: t for b in bodies for n, t in b.things.items()}

    def column(self, column: Column) -> str:
        inside = " + ".join(self.target(t) for t in (column.target, *column.plus))
        return f"{_FUNCTIONS[column.function]} {inside}".strip()

    def target(self, target: Target) -> str:
        if isinstance(target, int):
            thing = self._things.get(target)
            if thing is None:
                return "thing"
            cls = self._profile.classes.get(thing.cls)
            return thing.label or (" ".join(cls.words) if cls else "thing")
        prop = self._profile.properties[target.prop]
        return f"{' '.join(prop.words)} of {self.target(target.thing)}"

    def conditions(self, body: Body) -> list[str]:
        out = []
        for link in body.links:
            step = " ".join(self._profile.properties[link.step.prop].words)
            first, second = (link.target, link.source) if link.step.back else (link.source, link.target)
            out.append(f"{self.target(first)} ({step}) {self.target(second)}")
        return out + [c for t in body.tests if (c := self._test(t))]

    def _test(self, test: Test) -> str:
        if test.sub is not None:
            return f"{self.target(test.target)} {_OPS[test.op]} the {wording(test.sub, self._profile)}"
        if isinstance(test.target, int):
            return ""
        values = [v[1 : v.rfind('"')].strip() if v.startswith('"') else v for v in test.values]
        joint = " and " if test.op == "between" else " or "
        return f"{self.target(test.target)} {_OPS[test.op]} {joint.join(values)}"
