"""How claims make one party depend on another: arcs with their shares, walked tier by tier."""
