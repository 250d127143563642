"""A stream that only goes forward, as a pipe does."""

from __future__ import annotations

from typing import IO


class Forward:
    """What writers of Parquet and zip need of a stream: the same bytes in a file and in a pipe. It closes nothing."""

    closed = False

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._written = 0

    def write(self, data: bytes) -> int:
        """Pass bytes on."""
        self._stream.write(data)
        self._written += len(data)
        return len(data)

    def tell(self) -> int:
        """How many bytes have passed."""
        return self._written

    def flush(self) -> None:
        """Pass on what is buffered."""
        self._stream.flush()

    def writable(self) -> bool:
        """Always."""
        return True

    def readable(self) -> bool:
        """Never."""
        return False

    def seekable(self) -> bool:
        """Never."""
        return False

    def close(self) -> None:
        """Nothing: whoever opened the stream closes it."""
