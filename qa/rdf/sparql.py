"""A form as SPARQL 1.1."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qa.rdf.form import Attr, Body, Column, Form, Link, Target, Test
from qa.rdf.labels import local_name
from qa.rdf.profile import Profile

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_SUBCLASS = "http://www.w3.org/2000/01/rdf-schema#subClassOf"
_XSD = "http://www.w3.org/2001/XMLSchema#"


class Writer:
    """Writes one form; a sub-query is written by a writer with a prefix of its own."""

    def __init__(self, profile: Profile, prefix: str = "") -> None:
        self._profile = profile
        self._prefix = prefix
        self._subs = 0

    def write(self, form: Form) -> str:
        """The query: ASK for a yes-or-no question, else SELECT."""
        if form.boolean:
            return "ASK {\n" + self._body(form.body, form.columns) + "}"
        if form.group or any(c.function for c in form.columns) or form.having or _ranked(form):
            return self._grouped(form)
        return self._plain(form)

    def _plain(self, form: Form) -> str:
        names = [self.name(c.target) for c in form.columns]
        head = " ".join(dict.fromkeys(names))
        ordered = [self.name(o.column.target) for o in form.order]
        hidden = [n for n in dict.fromkeys(ordered) if n not in names]
        single = len(form.columns) == 1 and not form.order
        text = f"SELECT {'DISTINCT ' if single else ''}{head} WHERE {{\n"
        if single or form.also or hidden:
            text += self._bodies(form)
        else:
            text += self._bodies(form, loose=True)
        text += "}"
        if form.order:
            keys = " ".join(f"{'DESC' if o.down else 'ASC'}({self._sortable(o.column.target)})" for o in form.order)
            text += f"\nORDER BY {keys}"
        return text + self._slice(form)

    def _slice(self, form: Form) -> str:
        text = f"\nLIMIT {form.limit}" if form.limit is not None else ""
        return text + (f"\nOFFSET {form.offset}" if form.offset else "")

    def _grouped(self, form: Form) -> str:
        """Functions over distinct rows, so that links which multiply rows do not multiply sums."""
        keys = list(dict.fromkeys(self.name(t) for t in form.group))
        wanted = [*form.columns, *(h.column for h in form.having), *(o.column for o in form.order)]
        inner: list[str] = list(keys)
        for column in wanted:
            inner += [self.name(t) for t in (column.target, *column.plus)]
            inner += [self._thing(_owner(t)) for t in (column.target, *column.plus) if column.function]
        inner = list(dict.fromkeys(inner))
        heads = []
        for number, column in enumerate(form.columns):
            heads.append(f"({self._call(column)} AS ?c{number})" if column.function else self.name(column.target))
        text = f"SELECT {' '.join(heads)} WHERE {{\n"
        text += f"SELECT DISTINCT {' '.join(inner)} WHERE {{\n{self._bodies(form)}}}\n}}"
        plain = [self.name(c.target) for c in form.columns if not c.function]
        by = list(dict.fromkeys([*keys, *plain])) if keys or form.having or form.order or plain else []
        if by:
            text += f"\nGROUP BY {' '.join(by)}"
        if form.having:
            tests = " && ".join(f"{self._call(h.column)} {h.op} {h.value}" for h in form.having)
            text += f"\nHAVING ({tests})"
        if form.order:
            sorts = " ".join(f"{'DESC' if o.down else 'ASC'}({self._call(o.column)})" for o in form.order)
            text += f"\nORDER BY {sorts}"
        return text + self._slice(form)

    def _call(self, column: Column) -> str:
        inside = " + ".join(self._numeric(t) for t in (column.target, *column.plus))
        if column.function == "count":
            return f"COUNT(DISTINCT {self.name(column.target)})"
        if column.function in ("min", "max") and not column.plus and self._kind(column.target) not in ("number",):
            inside = self._sortable(column.target)
        return f"{column.function.upper()}({inside})" if column.function else self._sortable(column.target)

    def _numeric(self, target: Target) -> str:
        name = self.name(target)
        return name if self._kind(target) == "number" else f"<{_XSD}double>(STR({name}))"

    def _sortable(self, target: Target) -> str:
        name = self.name(target)
        if isinstance(target, Attr) and self._profile.properties[target.prop].pattern == "number":
            return f"<{_XSD}double>(STR({name}))"
        return name

    def _kind(self, target: Target) -> str:
        return self._profile.properties[target.prop].kind if isinstance(target, Attr) else "node"

    def _bodies(self, form: Form, *, loose: bool = False) -> str:
        """The body with those that must hold beside it. `loose`: a column whose value is missing is left empty."""
        text = self._body(form.body, form.columns, [o.column.target for o in form.order], loose=loose)
        for number, body in enumerate(form.also):
            text += Writer(self._profile, f"{self._prefix}b{number}_").shared(body, form.columns, self)
        for number, body in enumerate(form.minus):
            other = Writer(self._profile, f"{self._prefix}m{number}_").shared(body, form.columns, self)
            text += f"FILTER NOT EXISTS {{\n{other}}}\n"
        return text

    def shared(self, body: Body, columns: Iterable[Column], outer: Writer) -> str:
        """A body of its own whose columns are the variables of another."""
        text = self._body(body, tuple(columns))
        for column in columns:
            mine, theirs = self.name(column.target), outer.name(column.target)
            text = _renamed(text, mine, theirs)
        return text

    def _body(self, body: Body, columns: Iterable[Column], more: Iterable[Target] = (), *, loose: bool = False) -> str:
        lines = [self._about(n, t.cls, t.nodes) for n, t in body.things.items()]
        lines += [self._link(link) for link in body.links]
        tested = [t.target for t in body.tests if isinstance(t.target, Attr)]
        wanted = [t for c in columns for t in (c.target, *c.plus) if isinstance(t, Attr)]
        wanted += [t for t in more if isinstance(t, Attr)]
        for attr in dict.fromkeys(tested):
            lines.append(self._attr(attr))
        for attr in dict.fromkeys(w for w in wanted if w not in tested):
            line = self._attr(attr)
            lines.append(f"OPTIONAL {{ {line} }}" if loose and not self._total(attr, body) else line)
        lines += [self._test(t) for t in body.tests]
        for options in body.either:
            lines.append(" UNION ".join("{\n" + self._body(o, ()) + "}" for o in options))
        lines += [self._absent(b) for b in body.absent]
        return "".join(f"{line}\n" for line in lines if line)

    def _absent(self, body: Body) -> str:
        """What must not be there, found once for all rows and taken away from them."""
        mentioned = {n for k in body.links for n in (k.source, k.target)} | {_owner(t.target) for t in body.tests}
        outer = sorted(mentioned - body.things.keys())
        inside = self._body(body, ())
        if not outer:
            return f"FILTER NOT EXISTS {{\n{inside}}}"
        return f"MINUS {{ SELECT DISTINCT {' '.join(self._thing(n) for n in outer)} WHERE {{\n{inside}}} }}"

    def _total(self, attr: Attr, body: Body) -> bool:
        """Whether every member of the class has the property."""
        thing = body.things.get(attr.thing)
        cls = self._profile.classes.get(thing.cls) if thing else None
        return cls is None or self._profile.properties[attr.prop].subjects >= cls.count

    def _about(self, number: int, cls: str, nodes: tuple[str, ...]) -> str:
        name = self._thing(number)
        if nodes:
            return f"VALUES {name} {{ {' '.join(nodes)} }}"
        known = self._profile.classes.get(cls)
        if known is None or not known.typed:
            return ""
        below = any(cls in c.parents for c in self._profile.classes.values())
        path = f"<{TYPE}>/<{_SUBCLASS}>*" if below else f"<{TYPE}>"
        return f"{name} {path} <{cls}> ."

    def _link(self, link: Link) -> str:
        source, target, step = self._thing(link.source), self._thing(link.target), link.step
        if step.join:
            value = f"?{self._prefix}j{link.source}_{link.target}"
            return f"{source} <{step.prop}> {value} . {target} <{step.join}> {value} ."
        if step.back:
            source, target = target, source
        return f"{source} <{step.prop}> {target} ."

    def _attr(self, attr: Attr) -> str:
        return f"{self._thing(attr.thing)} <{attr.prop}> {self.name(attr)} ."

    def _test(self, test: Test) -> str:
        name = self.name(test.target)
        if test.sub is not None:
            self._subs += 1
            inner = Writer(self._profile, f"{self._prefix}s{self._subs}_")
            query = inner.write(test.sub)
            value = f"?{self._prefix}v{self._subs}"
            query = query.replace("AS ?c0)", f"AS {value})", 1)
            return f"{{ {query} }}\nFILTER({self._numeric(test.target)} {test.op} {value})"
        if test.op == "exists":
            return ""
        if isinstance(test.target, int):
            listed = ", ".join(test.values)
            return f"FILTER({name} {'NOT IN' if test.op == '!=' else 'IN'} ({listed}))"
        return f"FILTER({self._compared(test, name)})"

    def _compared(self, test: Test, name: str) -> str:
        kind = self._kind(test.target)
        if test.op in ("contains", "starts", "ends"):
            function = {"contains": "CONTAINS", "starts": "STRSTARTS", "ends": "STRENDS"}[test.op]
            return " || ".join(f"{function}(LCASE(STR({name})), {_quoted(v.lower())})" for v in test.values)
        if any(v.startswith(('"', "<", "_:")) for v in test.values):
            listed = ", ".join(test.values)
            return f"{name} {'NOT IN' if test.op == '!=' else 'IN'} ({listed})"
        if kind == "date":
            left = f"SUBSTR(STR({name}), 1, {len(test.values[0])})"
            values = tuple(_quoted(v) for v in test.values)
        else:
            left, values = self._numeric(test.target), test.values
        if test.op == "between":
            return f"{left} >= {values[0]} && {left} <= {values[1]}"
        joint = " && " if test.op == "!=" else " || "
        return joint.join(f"{left} {test.op} {v}" for v in values)

    def name(self, target: Target) -> str:
        """The variable of a target."""
        if isinstance(target, int):
            return self._thing(target)
        local = "".join(c if c.isascii() and c.isalnum() else "_" for c in local_name(target.prop))
        same = [p for p in self._profile.properties if p != target.prop and local_name(p) == local_name(target.prop)]
        index = f"_{sorted([*same, target.prop]).index(target.prop)}" if same else ""
        return f"?{self._prefix}x{target.thing}_{local}{index}"

    def _thing(self, number: int) -> str:
        return f"?{self._prefix}x{number}"


def _owner(target: Target) -> int:
    return target if isinstance(target, int) else target.thing


def _ranked(form: Form) -> bool:
    return any(o.column.function for o in form.order)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'


def _renamed(text: str, mine: str, theirs: str) -> str:
    """The text with a variable under another name; a longer variable that begins alike stays."""
    return re.sub(re.escape(mine) + r"(?![A-Za-z0-9_])", lambda _: theirs, text)
