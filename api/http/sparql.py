"""`GET` and `POST /sparql`: SPARQL 1.1 protocol, read-only."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()
