"""Writes the pages of docs/ that are derived from code and data: `python -m api.reference`."""

from __future__ import annotations

import types
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin

import typer.main
from pydantic import BaseModel

from api import models, problems
from api.app import create_app
from api.cli import build
from graph.settings import Settings
from graph.store import OxigraphStore
from graph.vocabulary import NAMESPACE, Relation, vocabulary

DOCS = Path(__file__).resolve().parents[1] / "docs"
_NOTE = "<!-- Written by `python -m api.reference`; change the code or data it is made from. -->"


def table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in lines
    )


def settings_page() -> str:
    """docs/settings.md from the fields of Settings."""
    rows = [
        (f"`TOLLGRAPH_{name.upper()}`", f"`{field.default}`", field.description or "")
        for name, field in Settings.model_fields.items()
    ]
    lead = "Read once at start, from the environment. `--graph` on the command line wins over `TOLLGRAPH_GRAPH`."
    return _page("Settings", lead, table(("variable", "default", "meaning"), rows))


def cli_page() -> str:
    """docs/cli.md from the commands themselves."""
    root: Any = typer.main.get_command(build())
    lead = (
        f"{root.help}\n\n`--graph DIR` and `--json` may stand before or after the command's name. Errors are one line "
        "on stderr. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 some of the documents could not be taken in."
    )
    parts = [part for name, command in root.commands.items() for part in _command(f"tollgraph {name}", command)]
    return _page("Command line", lead, *parts)


def _command(path: str, command: Any) -> list[str]:
    nested = getattr(command, "commands", None)
    if nested:
        return [part for name, inner in nested.items() for part in _command(f"{path} {name}", inner)]
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    usage = " ".join([path, *(_usage(p) for p in arguments), "[OPTIONS]"])
    rows = [(f"`{_usage(p)}`", p.help or "") for p in arguments]
    rows += [
        (f"`{', '.join((*p.opts, *p.secondary_opts))}`{_value(p)}", p.help or "")
        for p in command.params
        if p.param_type_name == "option"
    ]
    return [f"## `{path}`", command.help, f"```\n{usage}\n```", table(("parameter", "meaning"), rows)]


def _usage(argument: Any) -> str:
    name = argument.metavar or argument.name.upper()
    name = f"{name}…" if argument.nargs == -1 else name
    return name if argument.required else f"[{name}]"


def _value(option: Any) -> str:
    if option.is_flag:
        return ""
    return f" `{option.metavar or option.name.upper()}`"


def claims_page() -> str:
    """docs/claims.md from the response models."""
    lead = (
        "The JSON that outside programs may rely on: `tollgraph claims` prints one claim a line, `tollgraph ask "
        "--json` and `POST /v1/ask` give one answer. Names are fixed; fields may be added."
    )
    shapes: tuple[type[BaseModel], ...] = (
        models.Claim, models.EntityRef, models.Quantity, models.TextValue, models.Period, models.Evidence,
        models.Review, models.Days, models.ClaimSources, models.Answer, models.AnswerEvidence, models.AnswerQuery,
    )  # fmt: skip
    return _page("Claims and answers", lead, *(part for shape in shapes for part in _shape(shape)))


def _shape(shape: type[BaseModel]) -> list[str]:
    rows = [(f"`{name}`", _kind(f.annotation), f.description or "") for name, f in shape.model_fields.items()]
    return [f"## {shape.__name__}", shape.__doc__ or "", table(("field", "type", "meaning"), rows)]


def _kind(annotation: Any) -> str:
    """A type in words: `list of Evidence`, `text or null`."""
    names = {str: "text", bool: "true or false", int: "number", float: "number", type(None): "null", Any: "any"}
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return ", ".join(f"`{value}`" for value in inner)
    if origin is Annotated:
        return _kind(inner[0])
    if origin is list:
        return f"list of {_kind(inner[0])}"
    if origin is dict:
        return "object"
    if isinstance(annotation, types.UnionType) or inner:
        return " or ".join(dict.fromkeys(_kind(part) for part in inner))
    return names.get(annotation) or str(annotation.__name__)


def api_page() -> str:
    """docs/api.md from the OpenAPI document of the application."""
    schema = create_app(OxigraphStore(), Settings()).openapi()
    parts = [
        part
        for path, operations in schema["paths"].items()
        for method, operation in operations.items()
        for part in _operation(f"{method.upper()} {path}", operation)
    ]
    lead = (
        "The same as OpenAPI: `/openapi.json` of a running `tollgraph serve`. Errors are "
        "`application/problem+json` (RFC 9457) with `type`, `title`, `status`, `detail` and, where a name comes near, "
        "`suggestions`. Shapes of claims and answers: [claims.md](claims.md). Bodies are limited in size, outside "
        "queries in time, rows and number; served on the local machine, only local host names are answered."
    )
    shapes = (
        models.Question, models.Proposal, models.Judgement, models.Timeline, models.TimelineEvent,
        models.Upload, models.Job, models.Retracted, models.Entity, models.DocumentText, models.Graph,
        models.GraphNode, models.GraphEdge, models.Conflict, models.Side, models.SideSource, models.Origin,
        models.Difference, models.Step, models.Watched, models.Watch, problems.Problem,
    )  # fmt: skip
    return _page("HTTP API", lead, *parts, *(part for shape in shapes for part in _shape(shape)))


def _operation(name: str, operation: dict[str, Any]) -> list[str]:
    rows = [(f"`{p['name']}` ({p['in']})", _bounds(p)) for p in operation.get("parameters", ())]
    bodies = operation.get("requestBody", {}).get("content", {})
    rows += [(f"body `{media}`", _reference(content.get("schema", {}))) for media, content in bodies.items()]
    answers = operation["responses"].items()
    good = [f"{status} {_media(answer)}".rstrip() for status, answer in answers if status.startswith("2")]
    bad = ", ".join(status for status, _ in answers if not status.startswith("2"))
    return [
        f"## `{name}`",
        operation.get("description", ""),
        table(("parameter", "meaning"), rows) if rows else "",
        f"Answers {'; '.join(good)}." + (f" Problems: {bad}." if bad else ""),
    ]


def _media(answer: dict[str, Any]) -> str:
    contents = answer.get("content", {}).items()
    return ", ".join(f"`{media}` {_reference(content.get('schema', {}))}".rstrip() for media, content in contents)


def _bounds(parameter: dict[str, Any]) -> str:
    schema = parameter["schema"]
    plain = next((s for s in schema.get("anyOf", ()) if s.get("type") != "null"), schema)
    words = [parameter.get("description", "").rstrip("."), plain.get("format") or plain.get("type", "")]
    if "enum" in plain:
        words.append(" or ".join(f"`{value}`" for value in plain["enum"]))
    low, high = plain.get("minimum"), plain.get("maximum")
    if low is not None:
        words.append(f"{low} to {high}" if high is not None else f"at least {low}")
    if schema.get("default") is not None:
        words.append(f"default {schema['default']}")
    words.append("required" if parameter.get("required") else "")
    return "; ".join(word for word in words if word)


def _reference(schema: dict[str, Any]) -> str:
    return f"({schema['$ref'].rpartition('/')[2]})" if "$ref" in schema else ""


def vocabulary_page() -> str:
    """docs/vocabulary.md from graph/vocabulary/*.yaml."""
    words = vocabulary()
    kinds = [(f"`{t.name}`", t.description, f"`{t.schema}`") for t in words.types.values()]
    relations = [
        (
            f"`{r.name}`",
            f"{', '.join(r.domain)} → {', '.join(r.range)}",
            _inverse(r),
            ", ".join(f"`{q}`" for q in r.qualifiers),
            ", ".join(r.ask_subject),
        )
        for r in words.relations.values()
    ]
    metrics = [(f"`{m.name}`", m.label, ", ".join(m.units), ", ".join(m.terms)) for m in words.metrics.values()]
    hedges = [(h.name, ", ".join((*h.modals, *h.adverbs, *h.verbs)) or "—") for h in words.hedges.values()]
    lead = f"Namespace `{NAMESPACE}`. Ontology, shapes, lexicons and this page are made from graph/vocabulary/*.yaml."
    return _page(
        "Vocabulary",
        lead,
        "## Entity types", table(("type", "meaning", "reuses"), kinds),
        "## Relations", "Each is read subject → object.",
        table(("relation", "subject → object", "inverse", "qualifiers", "asked with"), relations),
        "## Metrics", table(("metric", "label", "units", "said as"), metrics),
        "## Hedges", table(("modality", "words"), hedges),
    )  # fmt: skip


def _inverse(relation: Relation) -> str:
    if relation.symmetric:
        return "itself"
    return f"`{relation.inverse}` ({relation.inverse_label})" if relation.inverse else ""


def _page(title: str, *parts: str) -> str:
    return "\n\n".join([_NOTE, f"# {title}", *(part for part in parts if part)]) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "settings.md": settings_page,
    "cli.md": cli_page,
    "claims.md": claims_page,
    "vocabulary.md": vocabulary_page,
    "api.md": api_page,
}


def write(folder: Path = DOCS) -> None:
    """Write every page into `folder`."""
    folder.mkdir(exist_ok=True)
    for name, make in PAGES.items():
        (folder / name).write_text(make(), encoding="utf-8")


if __name__ == "__main__":
    write()
