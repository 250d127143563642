"""Which function executes which kind of query."""

from __future__ import annotations

from collections.abc import Callable

from qa import run_compute, run_fact, run_graph, run_list, run_source, run_stated
from qa.disagreement import told
from qa.facts import View
from qa.outcome import Outcome, unknown
from qa.query import Query

RUN: dict[str, Callable[[View, Query], Outcome]] = {
    "fact": run_fact.run_fact,
    "list": run_list.run_list,
    "count": run_list.run_list,
    "when": run_list.run_when,
    "yesno": run_list.run_yes_no,
    "difference": run_compute.run_difference,
    "sum": run_compute.run_sum,
    "compare": run_compute.run_compare,
    "superlative": run_compute.run_superlative,
    "top": run_compute.run_top,
    "speaker": run_source.run_speaker,
    "agree": run_source.run_agree,
    "stated": run_stated.run_stated,
    "path": run_graph.run_path,
    "profile": run_graph.run_profile,
    "counterparty": run_graph.run_counterparty,
}


def execute(view: View, query: Query) -> Outcome:
    """Run one typed query; the outcome says where sources disagree or are only one."""
    if query.kind == "yesno" and query.confirmed:
        return told(view, run_source.run_confirmed(view, query))
    run = RUN.get(query.kind)
    return told(view, run(view, query)) if run else unknown(f"questions of the kind “{query.kind}” are not answered")
