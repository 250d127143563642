"""Judgements in people's words: names instead of ids, amounts and periods as one writes them; and in a sentence."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from typing import Any

from api.names import check_type, resolve
from graph import contract
from graph.contract import Json
from graph.errors import QueryError, SettingsError, UnknownError
from graph.identity import slug
from graph.judgements.model import OF_CLAIMS, Judgement, Kind, Proposal
from graph.judgements.rulings import is_source
from graph.model import Claim, Quantity, TextValue
from graph.settings import Settings
from graph.store.protocol import Store
from graph.text.periods import period_of
from graph.text.quantities import find_quantities
from graph.vocabulary import vocabulary
from ingest.retract import find_document

_NEW_TYPE = "Company"


def judge_of(settings: Settings, by: str | None) -> str:
    """Who judges: the name given, else the setting, else the login name. Raises SettingsError if there is none."""
    if by or settings.judge:
        return by or settings.judge or ""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        raise SettingsError("nobody is named as the judge: give --by NAME, or set TOLLGRAPH_JUDGE") from None


def proposal(store: Store, kind: Kind, target: str, *, by: str, why: str, value: Json | None = None) -> Proposal:
    """The proposal that the words stand for; `value` as in `Proposal`, with names where ids would stand.

    Raises UnknownError or AmbiguousError for a name that does not say which entity or document is meant, SettingsError
    for an amount or period that cannot be read, QueryError for what is judged so already.
    """
    given = dict(value or {})
    if kind in OF_CLAIMS:
        _refuse_again(store, kind, target)
        fields = _fields(store, _shown(store, target), given) if kind == "edit" and given else given
        return Proposal(kind, target, by, why, fields)
    if kind == "unreliable":
        source = _source(store, target)
        _refuse_again(store, kind, source)
        return Proposal(kind, source, by, why)
    if kind == "merge":
        given = {"into": _entity(store, str(given.get("into", "")))}
    elif kind == "split":
        given = _parts(store, given)
    elif kind == "retype":
        given = {"type": check_type(str(given.get("type", "")))}
    return Proposal(kind, _entity(store, target), by, why, given)


def said(judgement: Judgement) -> str:
    """What a judgement does, in one line."""
    before, value = judgement.before, judgement.value
    match judgement.kind:
        case "accept" | "reject":
            return f"{judgement.kind} “{_sentence(before)}”"
        case "edit":
            changes = ", ".join(f"{name}: {_short(new)}" for name, new in value.items())
            return f"edit “{_sentence(before)}”: {changes}"
        case "merge":
            return f"merge {_named(before)} into {_named(value['into'])}"
        case "split":
            places = [*value["documents"], *value["claims"]]
            return f"split {_named(value['new'])} off {_named(before)} in {', '.join(places)}"
        case "rename":
            return f"rename {_named(before)} to {value['label']}"
        case "retype":
            return f"retype {_named(before)} from {before['type']} to {value['type']}"
        case _:
            return f"{judgement.target} is unreliable" + (
                "" if before["documents"] else " (no document here is from it yet)"
            )


def merge_to_undo(judgements: Sequence[Judgement], entity: str, merged: str) -> Judgement:
    """The judgement in force that merged an entity (id or label) into another (id). UnknownError if there is none."""
    for made in reversed(judgements):
        in_force = made.kind == "merge" and made.revoked is None
        if in_force and made.value["into"]["id"] == entity and merged in (made.target, made.before["label"]):
            return made
    raise UnknownError(
        f"no judgement merged “{merged}” into {entity}: `tollgraph judgements --about {entity}` lists them"
    )


def subject(store: Store, name: str | None) -> str | None:
    """The id by which judgements on an entity are found; whatever is no entity's name is taken as it is."""
    if name is None or name[1:2] == ":":
        return name
    try:
        return resolve(store, name).id
    except UnknownError:
        return name


def _last(store: Store, target: str) -> Judgement | None:
    """The last judgement in force with that very target."""
    found = [made for made in store.judgements(about=target) if made.revoked is None and made.target == target]
    return found[-1] if found else None


def _refuse_again(store: Store, kind: Kind, target: str) -> None:
    last = _last(store, target)
    if last is not None and kind == last.kind != "edit":
        raise QueryError(
            f"{target} is judged so already ({last.id}): nothing to do; `tollgraph judgements` says by whom"
        )


def _shown(store: Store, claim: str) -> Claim:
    try:
        return store.claim(claim)
    except UnknownError:
        last = _last(store, claim)
        if last is None:
            raise
        raise UnknownError(
            f"claim {claim} is no longer shown ({last.kind} {last.id}): name the claim that took its place, "
            f"or take that back: tollgraph judge revoke {last.id} --why …"
        ) from None


def _entity(store: Store, name: str) -> str:
    return name if name.startswith("e:") else resolve(store, name).id


def _source(store: Store, name: str) -> str:
    if any(is_source(document, name) for document in store.documents()):
        return name
    try:
        return find_document(store, name).id
    except UnknownError:
        return name


def _parts(store: Store, given: Json) -> Json:
    """The new entity of a split: an id that is there, or a label to make one of; and where it is meant."""
    name = str(given.get("to", "")).strip()
    if name.startswith("e:"):
        new = contract.entity_ref(store.entity(name).ref)
    else:
        new = {"id": f"e:{slug(name)}", "label": name, "type": check_type(str(given.get("type") or _NEW_TYPE))}
    documents = [find_document(store, each).id for each in given.get("documents") or ()]
    return {"new": new, "documents": documents, "claims": list(given.get("claims") or ())}


def _fields(store: Store, claim: Claim, given: Json) -> Json:
    read = {"subject": _ref, "object": _object, "period": _period}
    fields = {name: None if value == "" else value for name, value in given.items()}
    for name, reader in read.items():
        if isinstance(fields.get(name), str):
            fields[name] = reader(store, claim, fields)
    return fields


def _ref(store: Store, _: Claim, fields: Json) -> Json:
    return contract.entity_ref(store.entity(_entity(store, fields["subject"])).ref)


def _object(store: Store, claim: Claim, fields: Json) -> Json:
    text, predicate = fields["object"], fields.get("predicate", claim.predicate)
    if predicate in vocabulary().metrics or isinstance(claim.object, Quantity):
        found = find_quantities(text)
        if len(found) != 1:
            raise SettingsError(f"“{text}” is no amount that can be read: write it like “about $5 billion”")
        return contract.quantity(found[0].quantity)
    if isinstance(claim.object, TextValue) and predicate not in vocabulary().relations:
        return {"text": text}
    return contract.entity_ref(store.entity(_entity(store, text)).ref)


def _period(store: Store, claim: Claim, fields: Json) -> Json:
    day = store.document(claim.evidence[0].document).published
    found = period_of(fields["period"], reference=day)
    if found is None or not (found.start or found.end):
        raise SettingsError(f"“{fields['period']}” is no period that can be read: write it as in “2026” or “Q3 2025”")
    return {
        "start": found.start and found.start.isoformat(),
        "end": found.end and found.end.isoformat(),
        "text": found.text,
    }


def _sentence(before: Json) -> str:
    from qa.verbalise import sentence

    return sentence(contract.parse_claim(before | {"evidence": []}))


def _named(row: Json) -> str:
    return f"{row['label']} ({row['id']})"


def _short(value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get("label") or value.get("text") or contract.dumps(value))
    return value if isinstance(value, str) else contract.dumps(value)
