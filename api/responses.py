"""JSON responses with exact decimals."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from graph.contract import dumps


class ContractJson(Response):
    """What graph/contract.py made, written by it too: 72.4, never 72.40000000000001."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """The body: UTF-8, lone surrogates escaped."""
        return dumps(content).encode("utf-8", "backslashreplace")
