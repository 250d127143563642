"""Which entity, predicate or type a user means by what was typed; see `graph.resolve`."""

from graph.resolve import check_predicate, check_type, resolve

__all__ = ["check_predicate", "check_type", "resolve"]
