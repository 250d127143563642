"""Question answering: a question in words, a typed query, SPARQL, an answer with its evidence."""
