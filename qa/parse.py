"""From annotated question to typed queries, best first. Each form is a function that knows its own kind of question."""

from __future__ import annotations

from collections.abc import Callable

from qa import forms_compare, forms_fact, forms_list, forms_people, forms_source, forms_yes_no
from qa.annotate import Annotated
from qa.draft import Draft
from qa.focus import Focus, focus
from qa.lexicon import Lexicon
from qa.query import Query

Form = Callable[[Draft], list[Query]]

FORMS: dict[str, Form] = {
    "path": forms_list.path,
    "agree": forms_source.agree,
    "speaker": forms_source.speaker,
    "confirmed": forms_source.confirmed,
    "options": forms_compare.options,
    "yes or no": forms_yes_no.yes_no,
    "hit": forms_list.hit,
    "top customers": forms_compare.top,
    "difference": forms_compare.difference,
    "sum": forms_compare.total,
    "superlative": forms_compare.superlative,
    "when": forms_people.when,
    "role": forms_people.role,
    "stake": forms_fact.stake,
    "metric": forms_fact.metric,
    "anything": forms_fact.anything,
    "relation": forms_list.listing,
    "counterparty": forms_list.counterparty,
    "stated number": forms_list.stated,
    "profile": forms_fact.profile,
}

_WHO = ("speaker", "hit", "options", "superlative", "role", "counterparty", "relation")
_AMOUNT = ("top customers", "difference", "sum", "stake", "metric", "anything", "stated number")
ORDER: dict[Focus, tuple[str, ...]] = {
    "when": ("when",),
    "yesno": ("agree", "confirmed", "options", "yes or no"),
    "amount": _AMOUNT,
    "count": ("stated number", "relation", "metric", "anything"),
    "who": (*_WHO, "profile"),
    "other": ("path", "top customers", "sum", "relation", "metric", "profile"),
}


def parse(question: Annotated, lexicon: Lexicon) -> list[tuple[str, Query]]:
    """Every reading that some form for this kind of question offers, the likeliest first; none if it asks why."""
    if question.has("why"):
        return []
    names = ORDER[focus(question)]
    if focus(question) == "who" and question.stems[:1] == ("what",):
        names = (*names, *_AMOUNT)
    return [(name, q) for name in names for q in FORMS[name](Draft(question, lexicon))]
