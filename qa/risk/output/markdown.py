"""A risk report as a memo in Markdown, with numbered footnotes (GitHub's and Pandoc's `[^1]`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa.risk.envelope import Result, Table
from qa.risk.output.words import answer, headline, manner, marks, numeric, pieces, readable, source
from qa.risk.report import Quote

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$])")
_LIST = re.compile(r"^(\d+)([.)])(?=\s)|^([-+=])")


def markdown(result: Result) -> str:
    """The memo: the answer in one sentence, tables, assumptions, coverage, and a footnote for every quote."""
    return "\n".join(_lines(result)).rstrip() + "\n"


def _lines(result: Result) -> Iterator[str]:
    yield from (f"# {escape(headline(result))}", "", f"**{escape(answer(result))}.**", "")
    for table in readable(result):
        yield from (f"## {escape(table.title)}", "")
        yield from (_line(table.note), "") if table.note else ()
        yield from (*_table(table), "") if table.rows else ("None known.", "")
    yield from ("## Assumptions", "", *(f"- {_line(note)}" for note in result.assumptions), "")
    yield from ("## Coverage", "", _line(result.coverage.said), "", f"Method: {escape(result.method)}.", "")
    yield from (_footnote(quote) for quote in result.evidence)


def _table(table: Table) -> Iterator[str]:
    columns = range(len(table.columns))
    right = [numeric([row.cells[n] for row in table.rows]) for n in columns]
    yield _row([escape(column.label) for column in table.columns])
    yield _row(["---:" if right[n] else "---" for n in columns])
    for row in table.rows:
        cells = [" ".join(escape(said) + _refs(found) for said, found in pieces(cell)) for cell in row.cells]
        yield _row([*cells[:-1], cells[-1] + _refs(marks(row))])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _refs(numbers: Sequence[int]) -> str:
    return "".join(f"[^{n}]" for n in numbers)


def _footnote(quote: Quote) -> str:
    return f"[^{quote.n}]: “{escape(quote.quote)}” — {escape(source(quote))} ({escape(manner(quote))})"


def escape(text: str) -> str:
    """Text that stands in Markdown as it is, on one line.

    >>> escape("a|b [c] <d>")
    'a\\\\|b \\\\[c\\\\] \\\\<d\\\\>'
    """
    return _SPECIAL.sub(r"\\\1", " ".join(text.split())).replace("&", "&amp;")


def _line(text: str) -> str:
    """Text at the start of a line, where a number or dash would begin a list."""
    return _LIST.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", escape(text))
