"""What a supplier may lose: its customers one by one, the signs that they may leave, and the money at risk."""
