"""What can go wrong with a server.

StoreError
├── ServerDownError      nobody answers, or not in full
├── ServerSlowError      no answer within the time limit
├── ServerDeniedError    wrong credentials, or an endpoint that may not be written
├── ServerFaultError     the server answered with an error of its own, or cut the result
└── ServerMovedError     the graph changed while it was read, again and again
"""

from graph.errors import StoreError


class ServerDownError(StoreError):
    """Nobody answers, or the answer breaks off."""


class ServerSlowError(StoreError):
    """No answer within the time limit."""


class ServerDeniedError(StoreError):
    """The server lets these credentials not do this."""


class ServerFaultError(StoreError):
    """An error of the server's own, or a result that it cut."""


class ServerMovedError(StoreError):
    """The graph changed while it was read."""
