"""From annotated question to typed queries, best first. Each form is a function that knows its own kind of question."""

from __future__ import annotations

from collections.abc import Callable

from qa import (
    biggest_deal,
    forms_agree,
    forms_called,
    forms_compare,
    forms_count,
    forms_deal,
    forms_difference,
    forms_event,
    forms_fact,
    forms_former,
    forms_hit,
    forms_list,
    forms_parts,
    forms_people,
    forms_plan,
    forms_profile,
    forms_rank,
    forms_reports,
    forms_risk,
    forms_seek,
    forms_shared,
    forms_source,
    forms_stake,
    forms_sum,
    forms_time,
    forms_told,
    forms_unstated,
    forms_yes_no,
)
from qa.admitting import admitted
from qa.draft import Draft
from qa.focus import Focus, focus
from qa.lexicon import Lexicon
from qa.query import Query
from qa.spans import Annotated

Form = Callable[[Draft], list[Query]]

FORMS: dict[str, Form] = {
    "report": forms_reports.report,
    "shared": forms_shared.shared,
    "path": forms_deal.path,
    "agree": forms_agree.agree,
    "beyond": forms_count.beyond,
    "figures": forms_agree.figures,
    "speaker": forms_source.speaker,
    "told": forms_told.told,
    "confirmed": forms_source.confirmed,
    "options": forms_compare.options,
    "parts": forms_parts.side_by_side,
    "largest part": forms_parts.largest,
    "event": forms_event.happened,
    "yes or no": forms_yes_no.yes_no,
    "harmed": forms_hit.harmed,
    "hit": forms_hit.hit,
    "top customers": forms_sum.top,
    "placed customer": forms_sum.placed,
    "plan": forms_plan.plan,
    "unstated": forms_unstated.unstated,
    "difference": forms_difference.difference,
    "sum": forms_sum.total,
    "risk": forms_risk.risk,
    "moved": forms_time.moved,
    "against forecast": forms_time.against_forecast,
    "series": forms_time.series,
    "than before": forms_time.than_before,
    "biggest deal": biggest_deal.biggest_deal,
    "superlative": forms_rank.superlative,
    "ranking": forms_rank.ranking,
    "when": forms_people.when,
    "deed's day": forms_event.deed_day,
    "event's day": forms_event.when,
    "event's parties": forms_event.parties,
    "called of": forms_called.called_of,
    "in a place": forms_called.in_place,
    "when called": forms_people.when_called,
    "former": forms_former.former,
    "role": forms_people.role,
    "stake": forms_stake.stake,
    "metric": forms_fact.metric,
    "anything": forms_fact.anything,
    "of what": forms_list.of_what,
    "relation": forms_list.listing,
    "counterparty": forms_deal.counterparty,
    "stated number": forms_deal.stated,
    "profile": forms_profile.profile,
}

_WHO = (
    "told",
    "former",
    "harmed",
    "shared",
    "figures",
    "beyond",
    "path",
    "risk",
    "speaker",
    "hit",
    "of what",
    "ranking",
    "options",
    "placed customer",
    "parts",
    "largest part",
    "biggest deal",
    "superlative",
    "called of",
    "role",
    "counterparty",
    "event's parties",
    "in a place",
    "relation",
)
_AMOUNT = (
    "plan",
    "beyond",
    "path",
    "agree",
    "figures",
    "speaker",
    "ranking",
    "options",
    "placed customer",
    "top customers",
    "risk",
    "against forecast",
    "moved",
    "difference",
    "parts",
    "largest part",
    "sum",
    "series",
    "stake",
    "metric",
    "anything",
    "unstated",
    "stated number",
    "told",
)
ORDER: dict[Focus, tuple[str, ...]] = {
    "when": ("deed's day", "when", "event's day", "when called"),
    "yesno": (
        "plan",
        "agree",
        "confirmed",
        "against forecast",
        "than before",
        "parts",
        "options",
        "event",
        "yes or no",
        "path",
    ),
    "amount": _AMOUNT,
    "count": ("beyond", "stated number", "relation", "metric", "anything"),
    "who": (*_WHO, "profile"),
    "other": (
        *(
            "former",
            "plan",
            "path",
            "risk",
            "agree",
            "figures",
            "speaker",
            "ranking",
            "options",
            "top customers",
            "moved",
            "difference",
            "parts",
            "largest part",
            "sum",
            "series",
            "superlative",
        ),
        *("called of", "role", "event's parties", "in a place", "relation", "metric", "unstated", "profile"),
    ),
}


COMPUTED = {
    "figures",
    "parts",
    "series",
    "difference",
    "compare",
    "contrast",
    "outdone",
    "moved",
    "superlative",
    "dealt",
    "plan",
    "former",
    "row",
}
_ALONE = {"former", "harmed"}
"""Forms whose readings leave no room for others."""
_SINGLE = {"fact", "list", "count", "stated"}


def search(question: Annotated, lexicon: Lexicon) -> list[tuple[str, Query]]:
    """The reading that is left when no form's has an answer: a search among the claims about those who are named."""
    if question.revision.stage == "before" or question.revision.by or question.revision.told:
        return []
    if _of_several(Draft(question, lexicon)):
        return []
    return [("search", q) for q in forms_seek.seek(Draft(question, lexicon))]


def parse(question: Annotated, lexicon: Lexicon) -> list[tuple[str, Query]]:
    """Every reading that some form for this kind of question offers, the likeliest first; none if it asks why."""
    if question.has("why"):
        return []
    if question.revision.by:
        return [("revised", q) for q in forms_time.revised(Draft(question, lexicon))]
    names = ("report", *ORDER[focus(question)])
    if focus(question) == "other" and question.stems[:1] == ("how",):
        names = tuple(n for n in names if n != "relation")
    if focus(question) == "who" and question.stems[:1] == ("what",):
        names = (*names, *_AMOUNT)
    found = [(name, q) for name in names for q in FORMS[name](Draft(question, lexicon))]
    if found and found[0][0] in _ALONE:
        return [one for one in found if one[0] == found[0][0]]
    if by_source := [(name, q) for name, q in found if name == "speaker" and q.ranked]:
        found = by_source
    if any(name == "role" and q.role for name, q in found):
        found = [(name, q) for name, q in found if name == "role" or q.link is None or q.link.relations != ("leads",)]
    if question.revision.stage == "before" or question.revision.told:
        found = [(name, q) for name, q in found if q.kind == "fact"]
    found = [(name, q) for name, q in found if not _led_by_a_thing(q)]
    if _of_several(Draft(question, lexicon)):
        found = [(name, q) for name, q in found if q.kind not in _SINGLE or q.basis == "change"]
    return admitted(_no_part_for_the_whole(found), question.kinds)


def _of_several(draft: Draft) -> bool:
    """Whether what lies between two amounts, or several together, or the rest, is asked for: no single claim."""
    items = draft.items
    apart = any(item.sense("difference") and item.text.lower().startswith(("how ", "by how")) for item in items)
    if focus(draft.question) == "amount" and any(
        draft.lemma(i) == "not" for i in range(len(items)) if i not in draft.supposed
    ):
        return True
    together = draft.question.has("sum") and len(forms_sum.listed_names(draft)) > 1
    return (apart and "than" in draft.question.stems) or together


def _led_by_a_thing(query: Query) -> bool:
    """Whether somebody would be asked for whom a firm leads: only persons do."""
    link = query.link
    return (
        link is not None
        and link.relations == ("leads",)
        and link.asks == "object"
        and query.kind != "yesno"
        and (bool(query.wanted) and "Company" not in query.wanted)
    )


def _no_part_for_the_whole(found: list[tuple[str, Query]]) -> list[tuple[str, Query]]:
    """Without readings that would give a single figure, or just a name, where one has to be computed from several; and
    without the biggest of all where it is between some.
    """
    at = next((n for n, (_, q) in enumerate(found) if q.kind in COMPUTED or _of_parts(q)), None)
    if at is None:
        return found
    if found[at][0] == "plan":
        return [*found[:at], *((name, q) for name, q in found[at:] if name == "plan")]
    rest = [(name, q) for name, q in found[at + 1 :] if q.kind not in _SINGLE]
    if found[at][1].kind in ("compare", "top", "dealt"):
        rest = [(name, q) for name, q in rest if q.kind != "superlative"]
    return [*found[: at + 1], *rest]


def _of_parts(query: Query) -> bool:
    """Whether a sum names what is to be added, or one of several customers is asked for."""
    if query.kind != "sum":
        return query.kind == "top" and query.noun == "one"
    return bool(query.options or query.spans or query.mean or len(query.about) > 1 or query.top)
