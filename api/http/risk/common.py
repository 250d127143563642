"""What the endpoints of `/v1/risk` share: the lens from the query, the format from `?format=` or `Accept`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.asked import Asked
from api.http.clocks import When
from api.negotiation import choose
from api.problems import documented
from api.services import Using
from graph.errors import SettingsError
from qa.risk.envelope import Result
from qa.risk.holders import rollup
from qa.risk.lens import Lens
from qa.risk.output.formats import FORMATS, Layout
from qa.risk.paths.weights import Impute
from qa.risk.report import Report

Format = StrEnum("Format", {name: name for name in FORMATS})  # type: ignore[misc]
Entity = Annotated[str, Query(description="Entity id, label or alias.")]
Tiers = Annotated[int, Query(ge=1, le=10, description="How many steps to follow.")]
By = Annotated[rollup.By, Query(description="Count each firm by itself, under its ultimate owner, or its country.")]

_DEFAULT = "json"
# Memos and pictures bring their style along, and may do nothing else.
_STYLED = ("html", "svg")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_NAMES = {FORMATS[name].media_type: name for name in (_DEFAULT, *FORMATS)}


def resource() -> APIRouter:
    """A router for the file of one report."""
    return APIRouter(prefix="/v1/risk", tags=["risk"])


def described(shape: type[BaseModel], *problems: int) -> dict[str, Any]:
    """The arguments of a route that answers with a report of this shape, or with the same in another format.

    `problems` are statuses of problems besides those that every report may have.
    """
    content: dict[str, Any] = {one.media_type: {} for name, one in FORMATS.items() if name != _DEFAULT}
    whole = {200: {"description": "The report in the format asked for.", "content": content}}
    return {"response_model": shape, "responses": whole | documented(400, 404, 406, 409, 422, *problems)}


def _asked(
    using: Using,
    when: When,
    impute: Annotated[Impute, Query(description="How to fill shares that nobody discloses.")] = "size",
    min_confidence: Annotated[float | None, Query(ge=0, le=1)] = None,
    include_unreliable: Annotated[
        bool, Query(description="Use claims that only sources judged unreliable make, too.")
    ] = False,
) -> Asked:
    return Asked(using.store, Lens(when.as_of, min_confidence, impute, when.known_at, include_unreliable))


About = Annotated[Asked, Depends(_asked)]


@dataclass(frozen=True, slots=True)
class Shape:
    """How to answer: in which format, and with which table where only one fits."""

    format: str
    table: str | None = None

    def response(self, report: Result | Report) -> Response:
        """The report as a response. Raises SettingsError if it has no such table."""
        chosen = FORMATS[self.format]
        text = chosen.media_type.startswith("text/")
        media = f"{chosen.media_type}; charset=utf-8" if text else chosen.media_type
        policy = {"content-security-policy": _POLICY} if self.format in _STYLED else {}
        return Response(chosen.write(report, Layout(self.table)), media_type=media, headers={"vary": "accept"} | policy)


def _shape(
    request: Request,
    format: Annotated[
        Format | None, Query(description="How to write the report; without it `Accept` decides, else json.")
    ] = None,
    table: Annotated[str | None, Query(description="Which table csv holds; without it the first.")] = None,
) -> Shape:
    accept = ", ".join(request.headers.getlist("accept")) or None
    chosen = format.value if format else _NAMES.get(choose(accept, list(_NAMES)) or "")
    if chosen is None:
        raise HTTPException(406, f"none of {accept} can be written; ask for {', '.join(_NAMES)}")
    if table is not None and chosen != "csv":
        raise SettingsError(f"table chooses what csv holds, {chosen} has all tables: give format=csv")
    return Shape(chosen, table)


Shown = Annotated[Shape, Depends(_shape)]
