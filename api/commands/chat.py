"""`tollgraph chat`: questions one after another, each read after what was said before."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.common import (
    AsOfOption,
    ConfidenceOption,
    GraphOption,
    JsonOption,
    KnownAtOption,
    UnreliableOption,
    begin,
    counted,
    day,
    print_json,
    print_table,
    print_text,
)
from graph.errors import TollgraphError

if TYPE_CHECKING:
    from api.chats import Chats
    from api.commands.talk import Talk

_HELP = """\
Ask, then go on: “of these, which are Chinese?”, “and Cambricon?”, “what about 2025?”, “their margins”, “how many?”,
“the largest?”, “and compared with the year before?”, “no, I meant 2027”, “back to the first one”.
/evidence N  the passage of that number, with what stands around it     /sources  all passages again
/new         begin a new conversation      /session  which one this is      /quit  end (or Ctrl-D)"""


def chat(
    ctx: typer.Context,
    session: Annotated[
        str | None, typer.Option("--session", metavar="ID", help="Go on with a conversation that is kept.")
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="List the conversations that are kept.")] = False,
    delete: Annotated[str | None, typer.Option("--delete", metavar="ID", help="Forget a conversation.")] = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    min_confidence: ConfidenceOption = None,
    include_unreliable: UnreliableOption = False,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Talk to the graph: each question is read after the ones before, and how it was understood is shown."""
    if sum((session is not None, listed, delete is not None)) > 1:
        raise typer.BadParameter("give one of --session, --list and --delete", param_hint="--session")

    from api.chats import Chats
    from api.commands.talk import Talk
    from qa.dialogue.conversation import Conditions

    run = begin(ctx, graph, json)
    chats = Chats(run.settings.chats_file, kept=run.settings.chats_kept, days=run.settings.chats_days)
    try:
        if listed:
            _list(chats, json=run.json)
        elif delete is not None:
            chats.delete(delete)
            if not run.json:
                print_text(f"Conversation {delete} is forgotten.")
        else:
            conditions = Conditions(day(as_of), known_at, min_confidence, include_unreliable)
            with Talk(run, chats, conditions, session) as talk:
                _converse(talk, json=run.json)
    finally:
        chats.close()


def _list(chats: Chats, *, json: bool) -> None:
    sessions = chats.sessions()
    if json:
        print_json([session.to_json() for session in sessions])
    elif sessions:
        rows = [[s.id, f"{s.last:%Y-%m-%d %H:%M}", str(s.turns), s.title] for s in sessions]
        print_table(["Session", "Last turn (UTC)", "Turns#", "Began with"], rows)
    else:
        print_text("No conversation is kept yet: `tollgraph chat` begins one.")


def _converse(talk: Talk, *, json: bool) -> None:
    """Read a line, answer it, until the end of the input or /quit."""
    people = sys.stdin.isatty() and not json
    if people:
        went_on = f" goes on after {counted(talk.turns, 'turn')}" if talk.turns else ""
        print_text(f"Conversation {talk.session}{went_on}. /help says what can be said, /quit ends.")
    for line in _lines(people):
        if line == "/quit":
            return
        if line.startswith("/"):
            said = _commanded(talk, line)
            if json:
                print_json({"session": talk.session, "command": line, "said": said}, indent=None)
            else:
                print_text(said)
        elif line:
            try:
                _answer(talk, line, json=json)
            except TollgraphError as problem:
                if not people:
                    raise
                print_text(f"That did not work: {problem}")
        sys.stdout.flush()


def _lines(people: bool) -> Iterator[str]:
    """What is typed or piped in, line by line; with a prompt for people."""
    if people:
        import readline  # noqa: F401 (input() edits lines once it is loaded)
    while True:
        try:
            line = input("\n› ") if people else sys.stdin.readline()
        except EOFError:
            print_text("")
            return
        if not people and not line:
            return
        yield line.strip()


def _answer(talk: Talk, line: str, *, json: bool) -> None:
    from api.commands.render import turn_lines

    answer = talk.say(line)
    if json:
        print_json(answer, indent=None)
    else:
        print_text("\n".join(turn_lines(answer)))


def _commanded(talk: Talk, line: str) -> str:
    """What a command has to say."""
    command, _, argument = line.partition(" ")
    match command:
        case "/help":
            return _HELP
        case "/new":
            talk.renew()
            return f"A new conversation, {talk.session}."
        case "/session":
            return f"Conversation {talk.session}, {counted(talk.turns, 'turn')}."
        case "/sources":
            return talk.sources()
        case "/evidence":
            return talk.passage(argument.strip().strip("[]"))
        case _:
            return f"There is no {command}; /help lists the commands."
