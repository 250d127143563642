"""From sources to claims: reading, cleaning, parsing, names, relations, figures."""
