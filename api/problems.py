"""Errors as RFC 9457 problem details, from one table: exception → status and title."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from graph.errors import (
    AmbiguousError,
    QueryError,
    SettingsError,
    ShapeError,
    SourceError,
    StoreError,
    TollgraphError,
    UnknownError,
)
from graph.vocabulary import DATA

MEDIA_TYPE = "application/problem+json"

# The first class that an exception is an instance of decides: subclasses stand before their parents.
TABLE: dict[type[TollgraphError], tuple[int, str, str]] = {
    AmbiguousError: (409, "ambiguous", "The name fits several entities"),
    UnknownError: (404, "unknown", "Not in the graph"),
    QueryError: (400, "query", "The query cannot be run"),
    SettingsError: (400, "settings", "The request makes no sense"),
    SourceError: (422, "source", "The source cannot be read"),
    ShapeError: (422, "shape", "The document breaks the shapes of the vocabulary"),
    StoreError: (503, "store", "The store is not available"),
}


class Problem(BaseModel):
    """What every error response holds (`application/problem+json`)."""

    type: str = Field(description="An identifier of the kind of problem.")
    title: str = Field(description="The kind of problem in words.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What was wrong, where, and the way out.")
    suggestions: list[str] = Field([], description="Names or ids that come near, where that helps.")


def response(status: int, kind: str, title: str, detail: str, **more: Any) -> JSONResponse:
    """One problem as a response."""
    return JSONResponse(_body(status, kind, title, detail) | more, status, media_type=MEDIA_TYPE)


def _body(status: int, kind: str, title: str, detail: str) -> dict[str, Any]:
    return {"type": f"{DATA}problems#{kind}", "title": title, "status": status, "detail": detail}


def told(problem: TollgraphError) -> dict[str, Any]:
    """The problem details of one of our errors, for where no response can be made of it any more."""
    status, kind, title = next(row for error, row in TABLE.items() if isinstance(problem, error))
    suggestions = {"suggestions": list(problem.suggestions)} if isinstance(problem, UnknownError) else {}
    return _body(status, kind, title, str(problem)) | suggestions


def bug(problem: Exception) -> dict[str, Any]:
    """For what nobody foresaw; the server's log has the traceback, which is nothing for outsiders."""
    detail = f"{type(problem).__name__}; the server's log has the details"
    return _body(500, "bug", "An error of the server", detail)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses=` of a route that may answer with these problem statuses."""
    schema = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {s: {"description": "Problem", "content": {MEDIA_TYPE: schema}} for s in statuses}


def _ours(_: Request, problem: Exception) -> JSONResponse:
    assert isinstance(problem, TollgraphError)
    body = told(problem)
    return JSONResponse(body, body["status"], media_type=MEDIA_TYPE)


def _invalid(_: Request, problem: Exception) -> JSONResponse:
    assert isinstance(problem, RequestValidationError)
    detail = "; ".join(_said(e) for e in problem.errors()[:5])
    return response(422, "invalid", "The request is not in the expected shape", detail)


def _said(error: dict[str, Any]) -> str:
    """Where a request is wrong, and how."""
    where = ".".join(str(part) for part in error["loc"])
    match error["type"]:
        case "json_invalid":
            return f"body: it is not JSON ({error['ctx']['error']})"
        case kind if kind.startswith("date_"):
            return f"{where}: “{error['input']}” is no day: give one as in 2026-03-02"
        case _:
            return f"{where}: {error['msg'].removeprefix('Value error, ')}"


def _http(_: Request, problem: Exception) -> JSONResponse:
    assert isinstance(problem, HTTPException)
    answer = response(problem.status_code, "http", f"HTTP {problem.status_code}", str(problem.detail))
    answer.headers.update(problem.headers or {})
    return answer


def _bug(_: Request, problem: Exception) -> JSONResponse:
    return JSONResponse(bug(problem), 500, media_type=MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Make every error of the application a problem."""
    app.add_exception_handler(TollgraphError, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _bug)
