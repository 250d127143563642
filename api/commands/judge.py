"""`tollgraph judge …` and `tollgraph judgements`: the corrections desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.commands.common import GraphOption, JsonOption, Run, begin, print_json, print_table, print_text

if TYPE_CHECKING:
    from graph.judgements import Judgement, Kind

ClaimArgument = Annotated[str, typer.Argument(metavar="CLAIM", help="The claim's id (c:…).")]
EntityArgument = Annotated[str, typer.Argument(metavar="ENTITY", help="Id, label or alias.")]
WhyOption = Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason; it is kept.")]
ByOption = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help="Who judges (default: TOLLGRAPH_JUDGE, else the login name).")
]
DocumentsOption = Annotated[
    list[str] | None, typer.Option("--document", metavar="D", help="A document (id, source or title); repeatable.")
]
ClaimsOption = Annotated[list[str] | None, typer.Option("--claim", metavar="C", help="A claim's id; repeatable.")]


def accept(
    ctx: typer.Context, claim: ClaimArgument, why: WhyOption, by: ByOption = None, graph: GraphOption = None,
    json: JsonOption = False,
) -> None:  # fmt: skip
    """Mark a claim as right: it counts as certain from now on."""
    _judge(begin(ctx, graph, json), "accept", claim, by=by, why=why)


def reject(
    ctx: typer.Context, claim: ClaimArgument, why: WhyOption, by: ByOption = None, graph: GraphOption = None,
    json: JsonOption = False,
) -> None:  # fmt: skip
    """Take a claim out of the graph; `tollgraph judgements` still lists what it said."""
    _judge(begin(ctx, graph, json), "reject", claim, by=by, why=why)


def edit(
    ctx: typer.Context,
    claim: ClaimArgument,
    why: WhyOption,
    subject: Annotated[str | None, typer.Option(metavar="ENTITY", help="Of whom it is said.")] = None,
    predicate: Annotated[str | None, typer.Option(metavar="P", help="The relation or metric.")] = None,
    object: Annotated[
        str | None, typer.Option(metavar="WHAT", help="An entity, or an amount such as “about $5 billion”.")
    ] = None,
    period: Annotated[str | None, typer.Option(metavar="WHEN", help="“2026”, “Q3 2025”, …; “” for none.")] = None,
    modality: Annotated[
        str | None, typer.Option(metavar="M", help="asserted, reported, projected, possible or opinion.")
    ] = None,
    polarity: Annotated[bool | None, typer.Option("--affirmed/--denied", help="Whether it is affirmed.")] = None,
    scope: Annotated[str | None, typer.Option(metavar="TEXT", help="The part it holds for; “” for all.")] = None,
    attributed_to: Annotated[str | None, typer.Option(metavar="TEXT", help="Who says so; “” for nobody.")] = None,
    fields: Annotated[
        str | None, typer.Option(metavar="JSON", help='Any fields as in a claim\'s JSON, such as {"of": null}.')
    ] = None,
    by: ByOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Change what a claim says; its passages stay."""
    given = {
        "subject": subject, "predicate": predicate, "object": object, "period": period, "modality": modality,
        "polarity": polarity, "scope": scope, "attributed_to": attributed_to,
    }  # fmt: skip
    value = _parsed(fields) | {name: new for name, new in given.items() if new is not None}
    _judge(begin(ctx, graph, json), "edit", claim, by=by, why=why, value=value)


def merge(
    ctx: typer.Context, entity: EntityArgument,
    into: Annotated[str, typer.Argument(metavar="INTO", help="The one that stays.")],
    why: WhyOption, by: ByOption = None, graph: GraphOption = None, json: JsonOption = False,
) -> None:  # fmt: skip
    """Make one entity of two: claims and names of the first become the second's."""
    _judge(begin(ctx, graph, json), "merge", entity, by=by, why=why, value={"into": into})


def split(
    ctx: typer.Context,
    entity: EntityArgument,
    why: WhyOption,
    to: Annotated[
        str | None, typer.Option("--to", metavar="NAME", help="The new entity's name, or the id of one that is there.")
    ] = None,
    type: Annotated[str | None, typer.Option(metavar="TYPE", help="The new entity's type (default: Company).")] = None,
    document: DocumentsOption = None,
    claim: ClaimsOption = None,
    undo: Annotated[
        str | None, typer.Option(metavar="MERGED", help="Undo the merge of this entity (id or label) instead.")
    ] = None,
    by: ByOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Part an entity in two: its mentions in some documents or claims become another's, or a merge is undone."""
    if (undo is None) == (to is None):
        raise typer.BadParameter("give --to NAME with --document or --claim, or --undo MERGED", param_hint="--to")
    run = begin(ctx, graph, json)
    if to is not None:
        value = {"to": to, "type": type, "documents": document, "claims": claim}
        _judge(run, "split", entity, by=by, why=why, value=value)
        return
    from api.judging import judge_of, merge_to_undo
    from api.names import resolve

    with run.store(write=True) as store:
        made = merge_to_undo(store.judgements(), resolve(store, entity).id, undo or "")
        _print(run, store.revoke(made.id, by=judge_of(run.settings, by), why=why))


def rename(
    ctx: typer.Context, entity: EntityArgument,
    label: Annotated[str, typer.Argument(metavar="LABEL", help="The new name.")],
    why: WhyOption, by: ByOption = None, graph: GraphOption = None, json: JsonOption = False,
) -> None:  # fmt: skip
    """Give an entity another name; the old one stays an alias."""
    _judge(begin(ctx, graph, json), "rename", entity, by=by, why=why, value={"label": label})


def retype(
    ctx: typer.Context, entity: EntityArgument,
    type: Annotated[str, typer.Argument(metavar="TYPE", help="Company, Chip, …")],
    why: WhyOption, by: ByOption = None, graph: GraphOption = None, json: JsonOption = False,
) -> None:  # fmt: skip
    """Give an entity another type."""
    _judge(begin(ctx, graph, json), "retype", entity, by=by, why=why, value={"type": type})


def unreliable(
    ctx: typer.Context,
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="A domain, an outlet, or one document.")],
    why: WhyOption,
    by: ByOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Mark a source: what only such sources say is left out of answers and risk reports unless asked for."""
    _judge(begin(ctx, graph, json), "unreliable", source, by=by, why=why)


def revoke(
    ctx: typer.Context,
    judgement: Annotated[str, typer.Argument(metavar="JUDGEMENT", help="Its id (v:…).")],
    why: WhyOption,
    by: ByOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Take a judgement back: the graph is as without it; both stay on record."""
    from api.judging import judge_of

    run = begin(ctx, graph, json)
    with run.store(write=True) as store:
        _print(run, store.revoke(judgement, by=judge_of(run.settings, by), why=why))


def judgements(
    ctx: typer.Context,
    about: Annotated[
        str | None, typer.Option(metavar="WHAT", help="Only those on a claim, entity, document, source or judgement.")
    ] = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """List what has been judged, by whom, when and why; what was revoked is listed too."""
    from api.judging import said, subject

    run = begin(ctx, graph, json)
    with run.store() as store:
        found = store.judgements(about=subject(store, about))
    if run.json:
        print_json([made.to_json() for made in found])
        return
    rows = [[made.id, f"{made.at:%Y-%m-%d}", made.by, said(made), _why(made)] for made in found]
    print_table(["id", "on", "by", "judgement", "why"], rows)


def _judge(run: Run, kind: Kind, target: str, *, by: str | None, why: str, value: dict[str, Any] | None = None) -> None:
    from api.judging import judge_of, proposal

    with run.store(write=True) as store:
        made = proposal(store, kind, target, by=judge_of(run.settings, by), why=why, value=value)
        _print(run, store.judge(made))


def _print(run: Run, made: Judgement) -> None:
    from api.judging import said

    if run.json:
        print_json(made.to_json())
    elif made.revoked:
        print_text(f"Revoked {made.id}: {said(made)}.")
    else:
        print_text(f"Recorded {made.id}: {said(made)}. Take it back with: tollgraph judge revoke {made.id} --why …")


def _why(made: Judgement) -> str:
    gone = made.revoked
    return made.why + (f" (revoked {gone.at:%Y-%m-%d} by {gone.by}: {gone.why})" if gone else "")


def _parsed(fields: str | None) -> dict[str, Any]:
    from graph.contract import loads

    if fields is None:
        return {}
    try:
        found = loads(fields)
    except ValueError as problem:
        raise typer.BadParameter(f"not JSON ({problem})", param_hint="--fields") from None
    if not isinstance(found, dict):
        raise typer.BadParameter("give an object of fields", param_hint="--fields")
    return found
