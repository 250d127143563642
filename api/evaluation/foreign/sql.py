"""What the gold query of a question says about it: its kind, and how its rows are to be compared.

Spider's SQL and the SPARQL of the insurance benchmark are both read by their key words only; no grammar is needed for
what is asked here.
"""

from __future__ import annotations

import re

_DISTINCT = re.compile(r"\s*select\s+distinct\b|\b(?:union|intersect|except)\b|\bgroup\s+by\b")
_EVERYTHING = re.compile(r"\s*select\s+(?:distinct\s+)?(?:\w+\s*\.\s*)?\*")
_ORDERED = re.compile(r"\border\s+by\b(?!.*\blimit\s+1\b)")
_KINDS = (
    ("set operation", re.compile(r"\b(?:union|intersect|except|minus|not\s+exists)\b|\bnot\s+in\s*\(\s*select\b")),
    ("nested", re.compile(r"\bselect\b.*\bselect\b")),
    ("superlative", re.compile(r"\border\s+by\b.*\blimit\b")),
    ("grouped", re.compile(r"\bgroup\s+by\b")),
    ("count", re.compile(r"\bselect\s+count\s*\(")),
    ("aggregate", re.compile(r"\b(?:avg|sum|min|max|count)\s*\(")),
    ("join", re.compile(r"\bjoin\b")),
    ("filter", re.compile(r"\bwhere\b")),
)


def distinct(query: str) -> bool:
    """Whether the outer query gives no row twice.

    >>> [distinct(q) for q in ("SELECT DISTINCT a FROM t", "SELECT a, count(*) FROM t GROUP BY a", "SELECT a FROM t")]
    [True, True, False]
    """
    return bool(_DISTINCT.match(query.lower()) or _DISTINCT.search(_outer(query)))


def everything(query: str) -> bool:
    """Whether it selects all columns of a table.

    >>> everything("SELECT * FROM t"), everything("select T1.* from t"), everything("SELECT count(*) FROM t")
    (True, True, False)
    """
    return bool(_EVERYTHING.match(query.lower()))


def ordered(query: str) -> bool:
    """Whether its rows are sorted, and more than one.

    >>> ordered("select a from t order by a"), ordered("select a from t order by a limit 1")
    (True, False)
    """
    return bool(_ORDERED.search(_outer(query)))


def kind(query: str) -> str:
    """The hardest thing that a query does: set operation, nested, superlative, grouped, count, aggregate, join, filter,
    or else a list.

    >>> [kind(q) for q in ("SELECT count(*) FROM t WHERE a = 1", "SELECT a FROM t ORDER BY b LIMIT 1", "SELECT a")]
    ['count', 'superlative', 'list']
    """
    text = " ".join(query.lower().split())
    return next((name for name, pattern in _KINDS if pattern.search(text)), "list")


def _outer(query: str) -> str:
    """The query without what stands in parentheses."""
    text = " ".join(query.lower().split())
    while (shorter := re.sub(r"\([^()]*\)", " ", text)) != text:
        text = shorter
    return text
