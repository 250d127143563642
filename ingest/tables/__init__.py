"""Tables in: CSV, TSV and Parquet files read by a mapping to claims as of articles, with rows as evidence.

    mapping = read_mapping(text, name="shares.mapping.yaml")
    table = open_table(data, source="shares.csv", mapping=mapping, folder=Path("."), limit=200_000_000)
    for batch in batches(table, Names(catalogue()), Tally()):
        store.put(batch)

`taking` is that for a store. How to write a mapping: docs/tables.md. Why so: docs/decisions/0019-tables.md.
"""
