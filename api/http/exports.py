"""`GET /v1/export`: the graph for other tools, as a stream."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator
from enum import StrEnum
from itertools import chain
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from api.http.clocks import When
from api.names import resolve
from api.problems import documented
from api.services import Services, Using
from graph.errors import StoreError
from graph.export import FORMATS, Format, Scope, format_of
from graph.store.protocol import Store
from ingest.retract import document_named

router = APIRouter(prefix="/v1", tags=["reading"])

_CHUNK = 1 << 16
_WAIT = 10.0
_log = logging.getLogger(__name__)

Name = StrEnum("Name", {name.replace("-", "_"): name for name in FORMATS})  # type: ignore[misc]

_RESULT: dict[int | str, dict[str, Any]] = {
    200: {"description": "The export.", "content": {one.media_type: {} for one in FORMATS.values()}}
}


@router.get("/export", response_class=StreamingResponse, responses=_RESULT | documented(400, 404, 409, 422, 503))
def export(
    using: Using,
    when: When,
    format: Annotated[Name, Query(description="What to write; tables come as a zip.")],
    document: Annotated[str | None, Query(description="Only this document (id, source or title).")] = None,
    about: Annotated[
        str | None, Query(description="Only claims with this entity (id, label or alias); not for whole documents.")
    ] = None,
) -> StreamingResponse:
    """The graph, one document, or the claims about one entity. A connection that breaks off left something out."""
    then = when.look(using.store)
    scope = Scope(
        document=then.document(document_named(then, document)).id if document is not None else None,
        about=resolve(then, about).id if about is not None else None,
    )
    chosen = format_of(format.value, scope)
    headers = {"content-disposition": f'attachment; filename="tollgraph.{chosen.suffix}"'}
    text = chosen.media_type.startswith("text/")
    shown = f"{chosen.media_type}; charset=utf-8" if text else chosen.media_type
    chunks = _stream(using, then, chosen, scope)
    first = next(chunks, b"")  # what fails before it is a problem response, what fails later breaks the connection off
    return StreamingResponse(chain([first], chunks), media_type=shown, headers=headers)


def _stream(using: Services, store: Store, format: Format, scope: Scope) -> Iterator[bytes]:
    """What a thread writes into a pipe. Raises StoreError at the end if it failed: the client sees no proper end."""
    with using.export_slots.taken(_WAIT):
        out, into = os.pipe()
        failed = threading.Event()
        writer = threading.Thread(target=_write, args=(store, format, scope, into, failed), daemon=True)
        writer.start()
        try:
            with open(out, "rb", buffering=0) as pipe:
                while chunk := pipe.read(_CHUNK):
                    yield chunk
        finally:  # a client that went away has closed the pipe, so the thread ends at its next write
            writer.join()
        if failed.is_set():
            raise StoreError("the export could not be finished; the server's log has the details")


def _write(store: Store, format: Format, scope: Scope, into: int, failed: threading.Event) -> None:
    try:
        with open(into, "wb", buffering=_CHUNK) as pipe:
            format.write(store, pipe, scope)
    except BrokenPipeError:
        pass
    except Exception:  # noqa: BLE001 (the edge of the thread: the reader is told by `failed`)
        _log.exception("export failed")
        failed.set()
