"""Profiles and vectors of labels on disk, by the content they were made from. The folder may be deleted at any time."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from graph.text.encoder import SIZE, Floats
from qa.rdf.profile import Class, Profile, Property, Step

_VERSION = 1


def cached(folder: Path, key: str, make: Callable[[], Profile]) -> Profile:
    """The profile under a key; made and kept if it is not there, or not readable. A folder that cannot be written to
    is done without.
    """
    place = folder.expanduser() / f"rdf-{_VERSION}-{key[:40]}.json.gz"
    try:
        return _from_json(json.loads(gzip.decompress(place.read_bytes())))
    except (OSError, EOFError, ValueError, KeyError, TypeError):
        profile = make()
    _keep(place, gzip.compress(json.dumps(_to_json(profile)).encode(), compresslevel=1))
    return profile


def cached_vectors(folder: Path, texts: Sequence[str], make: Callable[[Sequence[str]], Floats]) -> Floats:
    """The vectors of these texts, a row each; made and kept like a profile."""
    key = hashlib.sha256("\n".join(texts).encode()).hexdigest()
    place = folder.expanduser() / f"rdf-{_VERSION}-{key[:40]}.f32"
    with suppress(OSError, ValueError):
        held = np.frombuffer(place.read_bytes(), dtype="<f4").reshape(-1, SIZE)
        if len(held) == len(texts):
            return held
    made = make(texts)
    _keep(place, made.astype("<f4").tobytes())
    return made


def _keep(place: Path, data: bytes) -> None:
    """Write a file at once, if the folder can be written to."""
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=place.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(place)


def _to_json(profile: Profile) -> dict[str, Any]:
    return {
        "classes": [asdict(c) for c in profile.classes.values()],
        "properties": [asdict(p) for p in profile.properties.values()],
        "steps": [asdict(s) for s in profile.steps],
        "values": profile.values,
        "entities": profile.entities,
        "types": profile.types,
        "labels": profile.labels,
        "keys": profile.keys,
        "naming": profile.naming,
        "echoes": sorted(profile.echoes),
    }


def _from_json(data: dict[str, Any]) -> Profile:
    classes = [Class(**_tuples(c, "words", "parents") | {"names": _nested(c["names"])}) for c in data["classes"]]
    properties = [Property(**_tuples(p, "words") | {"names": _nested(p["names"])}) for p in data["properties"]]
    return Profile(
        classes={c.iri: c for c in classes},
        properties={p.iri: p for p in properties},
        steps=tuple(Step(**s) for s in data["steps"]),
        values={k: _nested(v) for k, v in data["values"].items()},
        entities={k: tuple(v) for k, v in data["entities"].items()},
        types={k: tuple(v) for k, v in data["types"].items()},
        labels=data["labels"],
        keys=data["keys"],
        naming=tuple(data["naming"]),
        echoes=frozenset(data["echoes"]),
    )


def _tuples(entry: dict[str, Any], *names: str) -> dict[str, Any]:
    return entry | {name: tuple(entry[name]) for name in names}


def _nested(items: list[list[Any]]) -> tuple[Any, ...]:
    return tuple(tuple(i) for i in items)
