"""Hypothesis strategies: any batch that a store takes, in the order that `decode` gives (ids sorted, names sorted)."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from graph.identity import claim_id, document_id, slug
from graph.model import (
    Claim,
    Document,
    DocumentClaims,
    Entity,
    EntityRef,
    Evidence,
    Period,
    Quantity,
    Review,
    TextValue,
)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
numbers = st.decimals(min_value=-(10**15), max_value=10**15, places=3, allow_nan=False)
optional_text = st.none() | texts
locators = st.sampled_from(["", "row=3", "cell=3,1;3,4"])


@st.composite
def _ordered(draw: st.DrawFn, values: st.SearchStrategy[Any]) -> tuple[Any, Any]:
    """Two values, the lesser first, either of which may be None."""
    low, high = draw(st.none() | values), draw(st.none() | values)
    return (low, high) if low is None or high is None else (min(low, high), max(low, high))


@st.composite
def _amounts(draw: st.DrawFn) -> Quantity:
    low, high = draw(_ordered(numbers))
    return Quantity(low, high, draw(words), draw(st.booleans()), draw(texts))


@st.composite
def _periods(draw: st.DrawFn) -> Period:
    start, end = draw(_ordered(st.dates()))
    return Period(start, end, draw(texts))


amounts = _amounts()
quantities = st.builds(replace, amounts, equivalent=st.none() | amounts)
periods = _periods()
# A wall time that a change of clocks skips equals no instant at all, not even its own in UTC.
instants = st.datetimes(datetime(1970, 1, 1), datetime(2999, 1, 1), timezones=st.none() | st.timezones()).filter(
    lambda moment: moment.tzinfo is None or moment == moment.astimezone(UTC)
)
reviews = st.builds(
    Review, st.sampled_from(["accepted", "edited"]), st.just("v:1"), texts, st.datetimes(timezones=st.just(UTC)), texts
)
names = st.dictionaries(words.filter(lambda w: "=" not in w), texts, max_size=3)


@st.composite
def entities(draw: st.DrawFn) -> Entity:
    label = draw(words)
    aliases = draw(st.sets(words, max_size=2)) - {label}
    identifiers = draw(names)
    return Entity(
        "e:" + slug(label),
        label,
        draw(st.sampled_from(["Company", "Chip", "Place"])),
        tuple(sorted(aliases)),
        tuple(sorted(identifiers.items())),
    )


@st.composite
def batches(draw: st.DrawFn) -> DocumentClaims:
    """A document with up to four claims about up to three entities."""
    named = {e.id: e for e in draw(st.lists(entities(), min_size=1, max_size=3))}
    refs = st.sampled_from([e.ref for e in named.values()])
    source = draw(words)
    text = draw(texts) + "".join(f"{number:04d}" for number in range(50))
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    document = Document(
        document_id(source), text, draw(texts), source, sha256, draw(st.none() | st.dates()),
        draw(optional_text), draw(optional_text),
        draw(st.none() | instants),
    )  # fmt: skip
    claims = {c.id: c for c in draw(st.lists(_claims(refs, document), max_size=4))}
    return DocumentClaims(
        document,
        tuple(sorted(named.values(), key=lambda e: e.id)),
        tuple(sorted(claims.values(), key=lambda c: c.id)),
        tuple(draw(st.lists(texts, max_size=2))),
    )


@st.composite
def _claims(draw: st.DrawFn, refs: st.SearchStrategy[EntityRef], document: Document) -> Claim:
    places = draw(st.sets(st.tuples(st.integers(0, 99), st.integers(100, 199)), min_size=1, max_size=2))
    claim = Claim(
        id="",
        subject=draw(refs),
        predicate=draw(words),
        object=draw(refs | quantities | st.builds(TextValue, texts)),
        evidence=tuple(
            Evidence(
                document.id, start, end, document.text[start:end], draw(texts), draw(st.sampled_from(["", "row=3"]))
            )
            for start, end in sorted(places)
        ),
        basis=draw(st.sampled_from([None, "level", "change", "share"])),
        basis_period=draw(optional_text),
        of=draw(optional_text),
        scope=draw(optional_text),
        period=draw(st.none() | periods),
        modality=draw(st.sampled_from(["asserted", "reported", "projected", "possible", "opinion"])),
        polarity=draw(st.booleans()),
        attributed_to=draw(optional_text),
        origins=tuple(draw(st.lists(texts, max_size=2))),
        qualifiers=tuple(sorted(draw(names).items())),
        confidence=draw(st.decimals(0, 1, places=2)),
        derived=draw(st.booleans()),
        extractor=draw(st.sampled_from(["", "rules@0.1.0", "llm@1/ü"])),
        review=draw(st.none() | reviews),
        unreliable=draw(st.booleans()),
    )
    return replace(claim, id=claim_id(claim))
