"""`POST /v1/risk/simulate`."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api import models
from api.http.risk.common import About, Shown, resource
from api.http.risk.waiting import Background, answer, patient
from api.services import Using
from graph.errors import SettingsError
from qa.risk.simulate import simulate as measure
from qa.risk.whatif.scenario import Scenario
from qa.risk.whatif.scenario_file import parse_scenario

router = resource()

_LONGEST = 200_000
_JSON = "application/json"
_YAML = ("application/yaml", "application/x-yaml", "text/yaml")
_EXAMPLE = {"shocks": [{"firm": "ByteDance", "stops": "buying"}], "draws": 1000, "seed": 1}
_SHAPE: dict[str, Any] = {
    "schema": {"type": "object", "description": "A scenario with the keys of a scenario file (docs/scenarios.md)."},
    "example": _EXAMPLE,
}
_BODY = {"required": True, "content": {_JSON: _SHAPE, _YAML[0]: _SHAPE}}


async def _scenario(request: Request) -> Scenario:
    """The scenario sent. Raises HTTPException 413 and 415, SettingsError for one that makes no sense."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != _JSON and kind not in _YAML:
        raise HTTPException(415, f"content-type “{kind}” is no scenario; send {_JSON} or {_YAML[0]}")
    body = await request.body()
    if len(body) > _LONGEST:
        raise HTTPException(413, f"a scenario of {len(body):,} bytes is too long; give at most {_LONGEST:,}")
    return parse_scenario(_read(body, kind))


def _read(body: bytes, kind: str) -> object:
    import yaml

    try:
        text = body.decode()
        found: object = json.loads(text) if kind == _JSON else yaml.safe_load(text)
    except UnicodeDecodeError:
        raise SettingsError("the scenario is not UTF-8 text") from None
    except (json.JSONDecodeError, yaml.YAMLError, RecursionError) as problem:
        raise SettingsError(f"the scenario cannot be read: {' '.join(str(problem).split())}") from None
    return found


Sent = Annotated[Scenario, Depends(_scenario)]


@router.post("/simulate", **patient(models.RiskResult, 403, 413, 415), openapi_extra={"requestBody": _BODY})
def simulate(using: Using, asked: About, shown: Shown, background: Background, scenario: Sent) -> Response:
    """What if firms, countries, owners, inputs or single supplies fail: who loses how much, by which way.

    The scenario comes as JSON or YAML. A long one is answered by a job, whatever is wished.
    """
    return answer(
        using,
        shown,
        f"what if: {scenario.said}",
        lambda pace: measure(asked.store, scenario, lens=asked.lens, progress=pace.progress, stop=pace.stop),
        background=background,
        draws=scenario.draws,
    )
