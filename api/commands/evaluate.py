"""`tollgraph eval`: the evaluation suites."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.commands.common import GraphOption, JsonOption, begin, print_json
