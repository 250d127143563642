"""`tollgraph eval`: the evaluation suites."""

from __future__ import annotations
