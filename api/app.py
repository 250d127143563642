"""The HTTP application: `create_app(store, settings)` puts the resources of api/http/ together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from fastapi import Depends, FastAPI
from fastapi.staticfiles import StaticFiles

from api import models, problems
from api.asker import Asker
from api.counters import Counting
from api.guard import Guard
from api.http import (
    asking,
    changes,
    chat,
    conflicts,
    documents,
    exports,
    health,
    jobs,
    judgements,
    ontology,
    pages,
    passages,
    reading,
    risk,
    sparql,
)
from api.http.parameters import known_parameters
from api.intake import Extract
from api.services import build
from graph.settings import Settings
from graph.store.protocol import Store

_WEB = Path(__file__).parent / "web"
_RESOURCES = (
    asking,
    chat,
    passages,
    reading,
    conflicts,
    changes,
    judgements,
    documents,
    jobs,
    exports,
    *risk.REPORTS,
    sparql,
    ontology,
    health,
    pages,
)
# A character is at most 4 bytes in UTF-8; the rest is room for what wraps the text.
_BYTES_PER_CHARACTER = 4
_WRAPPING = 65_536


def create_app(
    store: Store, settings: Settings, *, ask: Asker | None = None, extract: Extract | None = None
) -> FastAPI:
    """The application over an open store, which the caller closes after it.

    `ask` and `extract` take the place of the question engine and the extraction pipeline.
    """
    services = build(store, settings, ask=ask, extract=extract)

    @asynccontextmanager
    async def working(_: FastAPI) -> AsyncIterator[None]:
        services.jobs.start()
        services.risk_jobs.start()
        try:
            yield
        finally:
            services.risk_jobs.stop()
            services.jobs.stop()
            services.chatting.chats.close()

    app = FastAPI(
        title="Tollgraph",
        version=version("tollgraph"),
        description="Who depends on whom in AI and semiconductors: claims with evidence, questions, risk reports.",
        lifespan=working,
        docs_url=None,
        redoc_url=None,
    )
    app.state.services = services
    problems.install(app)
    for resource in _RESOURCES:
        app.include_router(resource.router, dependencies=[Depends(known_parameters)])
    app.mount("/static/vendor", StaticFiles(directory=_WEB / "vendor"))
    app.mount("/static", StaticFiles(directory=_WEB / "static"))
    app.add_middleware(Guard, host=settings.host, max_bytes=_BYTES_PER_CHARACTER * settings.max_characters + _WRAPPING)
    app.add_middleware(Counting, counters=services.counters)
    _complete(app)
    return app


def _complete(app: FastAPI) -> None:
    """Add the shapes to OpenAPI that no handler names in its signature: problems and uploads."""
    original = app.openapi

    def openapi() -> dict[str, Any]:
        schema = original()
        shapes = schema.setdefault("components", {}).setdefault("schemas", {})
        for shape in (problems.Problem, models.Upload):
            shapes.setdefault(shape.__name__, shape.model_json_schema(ref_template="#/components/schemas/{model}"))
        return schema

    app.openapi = openapi  # type: ignore[method-assign]
