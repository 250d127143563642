"""`tollgraph claims`, `documents`, `entities`: what the graph holds."""

from __future__ import annotations

from typing import Annotated

import typer

from api.commands.common import (
    AsOfOption,
    ConfidenceOption,
    GraphOption,
    JsonOption,
    KnownAtOption,
    begin,
    look,
    print_json,
    print_table,
    print_text,
)


def claims(
    ctx: typer.Context,
    about: Annotated[
        str | None, typer.Option(metavar="ENTITY", help="Claims with this entity (id, label or alias).")
    ] = None,
    subject: Annotated[
        str | None, typer.Option(metavar="ENTITY", help="Claims of this entity (id, label or alias).")
    ] = None,
    object: Annotated[
        str | None, typer.Option(metavar="ENTITY", help="Claims with this entity as object (id, label or alias).")
    ] = None,
    predicate: Annotated[str | None, typer.Option(metavar="P", help="Claims of one relation or metric.")] = None,
    document: Annotated[
        str | None, typer.Option(metavar="D", help="Claims of one document (id, source or title).")
    ] = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    min_confidence: ConfidenceOption = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many.")] = None,
    offset: Annotated[int, typer.Option(min=0, help="Leave out so many at the beginning.")] = 0,
    after: Annotated[
        str | None, typer.Option(metavar="CLAIM", help="Only those that come after this claim (an id).")
    ] = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Print claims with their evidence, one JSON object a line, by ingest of their first document and place in it."""
    from api.clocks import resolve_then
    from api.names import check_predicate
    from graph import contract
    from graph.agreement.view import agreement
    from graph.store.protocol import ClaimFilter
    from graph.views.timeline import Sources, dated
    from ingest.retract import find_document

    with begin(ctx, graph, json).store() as store:
        then = look(store, as_of, known_at)

        def named(name: str | None) -> str | None:
            return None if name is None else resolve_then(store, then, name).id

        where = ClaimFilter(
            about=named(about),
            subject=named(subject),
            object=named(object),
            predicate=check_predicate(predicate) if predicate is not None else None,
            document=find_document(then, document).id if document is not None else None,
            min_confidence=min_confidence,
            limit=limit,
            offset=offset,
            after=after,
        )
        documents, known = Sources(then), agreement(then)
        for claim in then.claims(where):
            told = dated(claim, documents) | contract.sources(claim, known.origins([claim]))
            print_json(contract.claim(claim) | told, indent=None)


def documents(
    ctx: typer.Context,
    document: Annotated[str | None, typer.Argument(help="One document (id, source or title), with its text.")] = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """List the documents, or show one with its stored text."""
    from graph import contract
    from ingest.retract import find_document

    run = begin(ctx, graph, json)
    with run.store() as store:
        then = look(store, as_of, known_at)
        one = then.document(find_document(then, document).id) if document is not None else None
        held = [] if one else then.documents()
    if one:
        if run.json:
            print_json(contract.document(one, text=True))
        else:
            published = one.published.isoformat() if one.published else "not dated"
            told = "  ".join(part for part in (one.id, published, one.outlet, one.source) if part)
            print_text(f"{one.title}\n{told}\n\n{one.text}")
    elif run.json:
        print_json([contract.document(d) for d in held])
    else:
        rows = [[d.id, d.published.isoformat() if d.published else "", d.outlet or "", d.title, d.source] for d in held]
        print_table(["id", "published", "outlet", "title", "source"], rows)


def entities(
    ctx: typer.Context,
    query: Annotated[str | None, typer.Argument(help="Part of a name; without it, all entities.")] = None,
    type: Annotated[str | None, typer.Option(metavar="TYPE", help="Company, Chip, Person, …")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many.")] = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """List entities with types, aliases, identifiers and claim counts, most claims first."""
    from api.names import check_type
    from graph import contract

    run = begin(ctx, graph, json)
    kind = check_type(type) if type is not None else None
    with run.store() as store:
        found = look(store, as_of, known_at).entities(query, type=kind, limit=limit)
    if run.json:
        print_json([contract.entity(e) for e in found])
        return
    rows = [
        [e.id, e.label, e.type, ", ".join(e.aliases), ", ".join(f"{n} {v}" for n, v in e.identifiers), str(e.claims)]
        for e in found
    ]
    print_table(["id", "label", "type", "aliases", "identifiers", "claims#"], rows)
