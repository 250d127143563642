"""Cascades over networks, as pure functions of numbers: ESRI (what if firms fail), DebtRank, and who is in reach."""

from qa.risk.cascade.distress import Distress, debtrank
from qa.risk.cascade.engine import Cascade, Network, esri, prepare, spread
from qa.risk.cascade.pace import StoppedError
from qa.risk.cascade.reach import tiers_from

__all__ = ["Cascade", "Distress", "Network", "StoppedError", "debtrank", "esri", "prepare", "spread", "tiers_from"]
