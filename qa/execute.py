"""Which function executes which kind of query."""

from __future__ import annotations

from collections.abc import Callable

from qa import (
    run_agree,
    run_compute,
    run_fact,
    run_former,
    run_graph,
    run_list,
    run_parts,
    run_path,
    run_plan,
    run_rank,
    run_seek,
    run_source,
    run_stated,
    run_sum,
    run_told,
    run_yes_no,
)
from qa.biggest_deal import run_dealt
from qa.dialogue import figures, members, run_row, voices
from qa.dialogue.pointed import run_pointed
from qa.disagreement import told
from qa.facts import View
from qa.outcome import Outcome, unknown
from qa.query import Query
from qa.unaided import run_unaided


def _exposure(view: View, query: Query) -> Outcome:
    from qa.run_risk import run_risk  # with all of `qa.risk`, a third of all that a question may import

    return run_risk(view, query)


def _report(view: View, query: Query) -> Outcome:
    from qa.run_reports import run_report  # as above

    return run_report(view, query)


RUN: dict[str, Callable[[View, Query], Outcome]] = {
    "fact": run_fact.run_fact,
    "list": run_list.run_list,
    "count": run_list.run_list,
    "when": run_yes_no.run_when,
    "yesno": run_yes_no.run_yes_no,
    "difference": run_compute.run_difference,
    "sum": run_sum.run_sum,
    "compare": run_compute.run_compare,
    "parts": run_parts.run_parts,
    "superlative": run_rank.run_superlative,
    "top": run_sum.run_top,
    "speaker": run_source.run_speaker,
    "agree": run_agree.run_agree,
    "figures": run_agree.run_figures,
    "stated": run_stated.run_stated,
    "path": run_path.run_path,
    "plan": run_plan.run_plan,
    "profile": run_graph.run_profile,
    "seek": run_seek.run_seek,
    "told": run_told.run_told,
    "risk": _exposure,
    "report": _report,
    "moved": run_compute.run_moved,
    "series": run_sum.run_series,
    "outdone": run_compute.run_outdone,
    "counterparty": run_graph.run_counterparty,
    "row": run_row.run_row,
    "former": run_former.run_former,
    "unaided": run_unaided,
    "dealt": run_dealt,
}


BUILDING: dict[str, Callable[[View, Query, Outcome], Outcome]] = {
    "each": figures.run_each,
    "largest": figures.run_largest,
    "total": figures.run_total,
    "contrast": figures.run_contrast,
    "among": members.run_among,
    "tally": members.run_tally,
    "source": voices.run_source,
    "firm": voices.run_firm,
    "pointed": run_pointed,
    "any": members.run_any,
    "sole": members.run_sole,
}
_DEEPEST = 12


def execute(view: View, query: Query, *, depth: int = 0) -> Outcome:
    """Run one typed query; the outcome says where sources disagree or are only one."""
    if query.kind in (*BUILDING, "above"):
        return told(view, _built(view, query, depth))
    if query.kind == "yesno" and query.confirmed:
        return told(view, run_source.run_confirmed(view, query))
    run = RUN.get(query.kind)
    return told(view, run(view, query)) if run else unknown(f"questions of the kind “{query.kind}” are not answered")


def _built(view: View, query: Query, depth: int) -> Outcome:
    """What follows from the answer to the inner query."""
    if depth > _DEEPEST:
        return unknown("too many conditions lie one upon another; ask anew")
    base = execute(view, query.inner, depth=depth + 1) if query.inner is not None else None
    if query.kind == "above":
        return figures.run_above(view, query, base)
    return BUILDING[query.kind](view, query, base or unknown("there is no answer before to build on"))
