"""Cascades over networks, as pure functions of numbers: ESRI (what if firms fail), DebtRank, and who is in reach."""

from qa.risk.cascade.distress import Distress, debtrank
from qa.risk.cascade.draws import esri_draws
from qa.risk.cascade.engine import Network, esri, prepare, spread
from qa.risk.cascade.outcome import Cascade
from qa.risk.cascade.pace import StoppedError
from qa.risk.cascade.reach import tiers_from

__all__ = [
    "Cascade",
    "Distress",
    "Network",
    "StoppedError",
    "debtrank",
    "esri",
    "esri_draws",
    "prepare",
    "spread",
    "tiers_from",
]
