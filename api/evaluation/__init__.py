"""Evaluation of extraction and question answering against gold: `run`, its report, and the tables of the report."""

from api.evaluation.console import print_report
from api.evaluation.misses import write_misses
from api.evaluation.results import EvaluationReport
from api.evaluation.runner import run, write
from api.evaluation.suites import SUITES

__all__ = ["SUITES", "EvaluationReport", "print_report", "run", "write", "write_misses"]
