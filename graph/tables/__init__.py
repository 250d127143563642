"""The graph as four tables from which it can be made again: documents, entities, claims and evidence.

`rows.tables(batch)` makes the rows of a document, `rows.batch(…)` the document of its rows; `plain.py` writes and reads
them as CSV, `arrow.py` as Parquet.
"""
