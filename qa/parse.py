"""From annotated question to typed queries, best first. Each form is a function that knows its own kind of question."""

from __future__ import annotations

from collections.abc import Callable

from qa import forms_compare, forms_fact, forms_relation, forms_source
from qa.annotate import Annotated
from qa.draft import Draft
from qa.lexicon import Lexicon
from qa.query import Query

Form = Callable[[Draft], list[Query]]

FORMS: dict[str, Form] = {
    "path": forms_relation.path,
    "agree": forms_source.agree,
    "speaker": forms_source.speaker,
    "confirmed": forms_source.confirmed,
    "yes or no": forms_relation.yes_no,
    "what if": forms_relation.what_if,
    "top customers": forms_compare.top,
    "difference": forms_compare.difference,
    "sum": forms_compare.total,
    "options": forms_compare.options,
    "superlative": forms_compare.superlative,
    "when": forms_relation.when,
    "role": forms_relation.role,
    "counterparty": forms_relation.counterparty,
    "stake": forms_fact.stake,
    "relation": forms_relation.listing,
    "metric": forms_fact.metric,
    "profile": forms_fact.profile,
}


def parse(question: Annotated, lexicon: Lexicon) -> list[tuple[str, Query]]:
    """Every reading that some form offers, in the order of FORMS; empty if none fits or the question asks why."""
    if question.has("why"):
        return []
    return [(name, q) for name, form in FORMS.items() for q in form(Draft(question, lexicon))]
