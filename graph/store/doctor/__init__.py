"""What is wrong with a graph's folder, and mending it.

examine(folder) → findings; repair(folder, …) → what was done, what was lost
"""

from graph.store.doctor.examination import Finding, examine
from graph.store.doctor.repair import Repair, repair

__all__ = ["Finding", "Repair", "examine", "repair"]
