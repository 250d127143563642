"""Dialogue: how a turn leans on the ones before it, and the typed edits that follow from it."""
