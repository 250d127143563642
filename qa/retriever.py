"""The passage index as a LangChain retriever. Imports LangChain: import this module only where a retriever is
wanted.
"""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, SkipValidation

from qa.passages import Passages


class PassageRetriever(BaseRetriever):
    """Passages near a query, best first, as LangChain documents with their place in the stored text."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    passages: SkipValidation[Any]
    k: int = 5

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        del run_manager  # the index reports nothing on its way
        index: Passages = self.passages
        return [
            Document(
                page_content=p.text,
                metadata={
                    "document": p.document,
                    "title": p.title,
                    "source": p.source,
                    "published": p.published.isoformat() if p.published else None,
                    "start": p.start,
                    "end": p.end,
                },
            )
            for p in index.nearest(query, k=self.k)
        ]
