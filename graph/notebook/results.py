"""Lists of results that show themselves as tables in a notebook and make pandas frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any, TypeVar, overload

from graph.identity import plain
from graph.model import Claim, Document, Entity, EntityRef, Quantity

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")

_SHOWN = 20
_LONGEST = 90


class Results(Sequence[T]):
    """A list of found things; `frame()` makes a DataFrame of it."""

    def __init__(self, items: Iterable[T]) -> None:
        self._items = tuple(items)

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, place: int) -> T: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...

    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        return self._items[place]

    def heads(self) -> list[str]:
        """The columns of the table shown."""
        raise NotImplementedError

    def cells(self, item: T) -> list[Any]:
        """One row of it."""
        raise NotImplementedError

    def __repr__(self) -> str:
        lines = ["  ".join(_short(cell) for cell in self.cells(item)) for item in self._items[:_SHOWN]]
        more = [f"… {len(self) - _SHOWN} more"] if len(self) > _SHOWN else []
        return "\n".join([f"{len(self)} {type(self).__name__.lower()}", *lines, *more])

    def _repr_html_(self) -> str:
        return shown(self.heads(), [self.cells(item) for item in self._items[:_SHOWN]], len(self))


class Claims(Results[Claim]):
    """Claims; the column `published` of a frame comes from the days of their documents."""

    def __init__(self, items: Iterable[Claim], published: Mapping[str, date | None]) -> None:
        super().__init__(items)
        self._published = published

    def heads(self) -> list[str]:
        """See Results."""
        return ["subject", "predicate", "object", "period", "modality", "confidence", "quote"]

    def cells(self, item: Claim) -> list[Any]:
        """See Results."""
        modality = item.modality if item.polarity else f"denied ({item.modality})"
        return [
            item.subject.label,
            item.predicate,
            said(item.object),
            item.period.text if item.period else "",
            modality,
            plain(item.confidence),
            item.evidence[0].quote,
        ]

    def frame(self) -> pd.DataFrame:
        """A row a claim; columns and dtypes are in docs/notebooks.md."""
        from graph.notebook.frames import claims_frame

        return claims_frame(self, self._published)


class Entities(Results[Entity]):
    """Entities."""

    def heads(self) -> list[str]:
        """See Results."""
        return ["id", "label", "type", "aliases", "claims"]

    def cells(self, item: Entity) -> list[Any]:
        """See Results."""
        return [item.id, item.label, item.type, ", ".join(item.aliases), item.claims]

    def frame(self) -> pd.DataFrame:
        """A row an entity; columns and dtypes are in docs/notebooks.md."""
        from graph.notebook.frames import entities_frame

        return entities_frame(self)


class Documents(Results[Document]):
    """Documents."""

    def heads(self) -> list[str]:
        """See Results."""
        return ["id", "published", "title", "outlet", "source"]

    def cells(self, item: Document) -> list[Any]:
        """See Results."""
        return [item.id, item.published or "", item.title, item.outlet or "", item.source]

    def frame(self) -> pd.DataFrame:
        """A row a document; columns and dtypes are in docs/notebooks.md."""
        from graph.notebook.frames import documents_frame

        return documents_frame(self)


class Solutions(Results[dict[str, Any]]):
    """The rows of a SELECT by variable; unbound ones are None. `truncated` if there were more than the limit."""

    def __init__(self, names: Sequence[str], items: Iterable[dict[str, Any]], *, truncated: bool) -> None:
        super().__init__(items)
        self.names = tuple(names)
        self.truncated = truncated

    def heads(self) -> list[str]:
        """See Results."""
        return list(self.names)

    def cells(self, item: dict[str, Any]) -> list[Any]:
        """See Results."""
        return ["" if item[name] is None else item[name] for name in self.names]

    def frame(self) -> pd.DataFrame:
        """A row a solution, a column a variable; values as they are (see docs/notebooks.md)."""
        import pandas as pd

        return pd.DataFrame(list(self), columns=list(self.names), dtype=object)


def said(value: Any) -> str:
    """The object of a claim in words."""
    match value:
        case EntityRef():
            return value.label
        case Quantity():
            return value.text or f"{plain(value.low) or ''}–{plain(value.high) or ''} {value.unit}"
        case _:
            return str(value.text)


def shown(heads: Sequence[str], rows: Iterable[Sequence[Any]], total: int) -> str:
    """An HTML table, texts escaped and cut, with what it leaves out in its caption."""
    head = "".join(f"<th>{escape(name)}</th>" for name in heads)
    body = ["<tr>" + "".join(f"<td>{escape(_short(cell))}</td>" for cell in row) + "</tr>" for row in rows]
    caption = f"<caption>the first {len(body)} of {total}</caption>" if len(body) < total else ""
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
