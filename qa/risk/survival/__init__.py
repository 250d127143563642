"""How long a firm lasts without a supplier: plans, what claims fill in of them, and their linear programs."""
