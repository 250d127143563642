"""Writing an output whole or not at all: beside its place first, then renamed."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from graph.errors import SettingsError


@contextmanager
def whole_file(output: Path) -> Iterator[IO[bytes]]:
    """A stream whose bytes are the file's once the block ends well; the file as it was if not.

    Raises SettingsError if it cannot be written there.
    """
    part = output.with_name(f"{output.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as stream:
            yield stream
        part.replace(output)
    except OSError as problem:
        raise _unwritable(output, problem) from None
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def whole_folder(output: Path, expected: Collection[str]) -> Iterator[Path]:
    """The same for a folder. One that exists is replaced if it holds nothing but files of `expected` names.

    Raises SettingsError if it holds other things, or cannot be written there.
    """
    try:
        strangers = {file.name for file in output.iterdir()} - set(expected) if output.exists() else set()
        if strangers:
            raise SettingsError(f"{output} holds other things ({min(strangers)}); give another --output")
        part = Path(tempfile.mkdtemp(prefix=f"{output.name}.", suffix=".part", dir=output.parent))
    except OSError as problem:
        raise _unwritable(output, problem) from None
    try:
        yield part
        part.chmod(0o755)
        if output.exists():
            shutil.rmtree(output)
        part.replace(output)
    except OSError as problem:
        raise _unwritable(output, problem) from None
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _unwritable(output: Path, problem: OSError) -> SettingsError:
    return SettingsError(f"{output} cannot be written ({problem.strerror or problem}); give another --output")
