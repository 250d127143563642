"""Feeds of the claims that touch watch lists: Atom (RFC 4287) and JSON Feed 1.1."""
