"""A server on a free loopback port, for clients that speak real HTTP."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from api.app import create_app
from api.sockets import listen, shown
from graph.settings import Settings
from graph.store import OxigraphStore


@contextmanager
def served(store: OxigraphStore, settings: Settings | None = None, **options: Any) -> Iterator[str]:
    """The address (`http://127.0.0.1:…`) of the application over the store while the block runs."""
    with listen("127.0.0.1", 0) as socket:
        app = create_app(store, settings or Settings(), **options)
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield shown("127.0.0.1", socket)
        finally:
            server.should_exit = True
            thread.join(10)
