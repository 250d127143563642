"""What-if results: the sales network with its gaps filled, scenarios on it, bounds and draws."""
