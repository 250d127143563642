"""Who provides what a thing needs: supply as a graph of AND and OR, its cuts, and who could stand in."""
