"""Quantities in text: money, percent, points, counts, physical amounts and multiples, with bounds, exact in Decimal.

    find_quantities(text)      every amount, its bounds, unit, counted noun and movement
    format_quantity(quantity)  an amount in good English; find_quantities reads it back

The grammar's words are data: units.yaml, wording.yaml; examples.yaml shows what comes out and is run by the tests.
"""

from graph.text.quantities.finder import find_quantities
from graph.text.quantities.model import Delta, Kind, QuantitySpan
from graph.text.quantities.rendering import format_quantity

__all__ = ["Delta", "Kind", "QuantitySpan", "find_quantities", "format_quantity"]
