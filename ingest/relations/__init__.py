"""Relations: frames (ingest/rules/relations.yaml) matched on the parse."""
