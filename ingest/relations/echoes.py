"""What a short sentence says of the one before it: “So did Bolt and Crane.”, “No, said Acme: …”, “Acme denies it.”"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.arguments import slots
from ingest.hedges import hedged
from ingest.parsed import Mention, Sentence
from ingest.relations.fillers import fill
from ingest.relations.found import Found
from ingest.speakers import Said, kind_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_DOING = frozenset(["be", "do", "have"])
_LONGEST = 24  # tokens of “So did …”, a list of names included
_ASIDE = frozenset(["relcl", "acl", "advcl", "appos", "parataxis"])
_NO = frozenset(["no", "not", "not so", "not true", "untrue", "wrong", "nonsense", "false"])
_NEAR = 5  # tokens from “no” to the verb of saying
_THAT = frozenset(["it", "that", "this", "report", "reports", "story", "account", "claim", "rumour", "rumor"])


def echoed(sentence: Sentence, before: Sequence[Found]) -> Iterator[Found]:
    """The relations of the sentence before, once more for those who did so, too: “So did Bolt and Crane.”"""
    doc = sentence.doc
    so = next((t for t in doc[:3] if t.is_alpha), None)
    verb = doc[so.i + 1] if so is not None and so.i + 1 < len(doc) else None
    if so is None or so.lower_ != "so" or verb is None or verb.lemma_ not in _DOING or len(doc) > _LONGEST:
        return
    doers = (c for c in verb.children if c.i > verb.i and c.dep_ in ("nsubj", "attr", "dobj"))
    names = [m for c in doers for m in fill(sentence, c)]
    for found in before:
        firmness = hedged(found.trigger)
        doer = found.mentions[0].first < found.trigger.i
        if _main(found) and doer and firmness.polarity and firmness.modality == "asserted":
            for name in names:
                if name.entity is not None and _may_join(name, found):
                    both = (name, found.mentions[1])
                    yield replace(found, subject=name.entity, trigger=verb, mentions=both, qualifiers=())


def _main(found: Found) -> bool:
    """Whether a relation is what the main clause states."""
    chain = (found.trigger, *found.trigger.ancestors)
    return not found.presupposed and not any(t.dep_ in _ASIDE for t in chain)


def _may_join(name: Mention, found: Found) -> bool:
    """Whether a name may stand in a relation beside its subject."""
    entity = name.entity
    return entity is not None and name.named and entity.type == found.subject.type and entity.id != found.object.id


def refused(sentence: Sentence, before: Sequence[Found]) -> Iterator[tuple[Found, Said]]:
    """The relations of the sentence before that one of the two sides denies, and who does: “Not so, said Acme.”"""
    verb = _denial(sentence)
    arguments = slots(verb) if verb is not None else {}
    speakers = arguments.get("subj", []) or arguments.get("obj", [])  # “replied Acme”, taken for an object
    for name in (m for t in speakers for m in fill(sentence, t)):
        for found in before:
            sides = (found.subject.id, found.object.id)
            if name.entity is not None and name.entity.id in sides and _main(found) and not found.over:
                yield replace(found, over=True), Said(name.entity.label, "denied", False, name.entity.id)


def _denial(sentence: Sentence) -> Token | None:
    """The verb by which a sentence says no to what was told before it."""
    doc = sentence.doc
    first = next((t for t in doc[:2] if t.is_alpha), None)
    if first is not None and first.lower_ in _NO:
        verb = next((t for t in doc[first.i + 1 : first.i + _NEAR] if t.pos_ == "VERB"), None)
        lead = str(doc[first.i : verb.i].text).lower().strip(" ,“”\"'") if verb is not None else ""
        return verb if verb is not None and kind_of(verb.lemma_) is not None and lead in _NO else None
    root = next((t for t in doc if t.dep_ == "ROOT"), None)
    if root is None or kind_of(root.lemma_.lower()) != "denied":
        return None
    objects = slots(root).get("obj", [])
    bare = all(t.lower_ in _THAT and not any(c.dep_ in _ASIDE or c.dep_ == "prep" for c in t.children) for t in objects)
    return root if objects and bare else None
