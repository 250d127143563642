"""Whose shares are counted together: owners, countries, and parts of a whole put into groups."""
