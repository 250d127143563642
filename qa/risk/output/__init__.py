"""How risk reports are written: as text, tables, memos and pictures. Nothing here reads a store."""
