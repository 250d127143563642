"""Query parameters that a resource does not know are refused: a misspelt filter would let everything through."""

from __future__ import annotations

from difflib import get_close_matches

from fastapi import Request
from fastapi.exceptions import RequestValidationError

_CHECKED = "/v1/"


def known_parameters(request: Request) -> None:
    """Raises RequestValidationError naming the first parameter that OpenAPI does not give the resource."""
    path = str(getattr(request.scope.get("route"), "path", ""))
    if not path.startswith(_CHECKED) or not request.query_params:
        return
    described = request.app.openapi()["paths"].get(path, {}).get(request.method.lower(), {})
    known = [one["name"] for one in described.get("parameters", ()) if one["in"] == "query"]
    for name in request.query_params:
        if name not in known:
            near = get_close_matches(name, known, 1)
            way_out = f"did you mean {near[0]}?" if near else f"there are {', '.join(known) or 'none'}"
            message = f"there is no such parameter; {way_out}"
            raise RequestValidationError([{"type": "unknown", "loc": ("query", name), "msg": message, "input": name}])
