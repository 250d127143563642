"""The passages of a store as a LangChain retriever. Imports LangChain: import it only where a retriever is wanted."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, SkipValidation

from qa.passages.search import Passages


class PassageRetriever(BaseRetriever):
    """Passages near a query, best first, as LangChain documents; `id` is `document:start-end`.

    The metadata are those of `Passage.to_json`: `document`, `title`, `source`, `published`, the place from `start` to
    `end` in the stored text, `score`, `legs` (what each way of searching says) and `copies`.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    passages: SkipValidation[Any]
    k: int = 5
    as_of: date | None = None
    known_at: datetime | None = None
    include_unreliable: bool = False

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        del run_manager  # a search reports nothing on its way
        index: Passages = self.passages
        found = index.search(
            query,
            k=self.k,
            as_of=self.as_of,
            known_at=self.known_at,
            include_unreliable=self.include_unreliable,
        )
        rows = (passage.to_json() for passage in found)
        return [
            Document(row.pop("text"), id=f"{row['document']}:{row['start']}-{row['end']}", metadata=row) for row in rows
        ]
