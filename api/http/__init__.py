"""The HTTP interface: one small file a resource; api/app.py puts them together."""
