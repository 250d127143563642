"""The socket that the server listens on, opened before anything slow so that a port in use is said at once."""

from __future__ import annotations

import socket

from graph.errors import SettingsError


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one. Raises SettingsError when the address cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_STREAM)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind((host, port))
    except OSError as problem:
        opened.close()
        raise SettingsError(
            f"cannot listen on {host} port {port}: {problem.strerror}; choose another with --port"
        ) from None
    opened.listen(128)
    return opened


def shown(host: str, opened: socket.socket) -> str:
    """The address for a browser: `http://127.0.0.1:8642`."""
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{opened.getsockname()[1]}"
