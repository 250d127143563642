"""Where claims disagree and how many independent sources stand behind them.

    conflicts(claims, documents)    claims that cannot all hold, side by side
    origins(claims, documents)      the independent sources of each claim

Both are pure; `graph.agreement.view` gives them for a store, with what they derive from it remembered.
"""

from graph.agreement.conflicts import Conflict, Side, Source, conflicts
from graph.agreement.origins import Origin, origins
from graph.agreement.pairs import DISAGREEMENTS, Kind, Standing

__all__ = ["DISAGREEMENTS", "Conflict", "Kind", "Origin", "Side", "Source", "Standing", "conflicts", "origins"]
