"""Who is meant by a pronoun or a description: “it”, “both”, “the company”, “the Korean group”, “the ChatGPT maker”.

`resolve` walks the sentences in order and keeps what has been named (`discourse`). What the syntax of the sentence
forbids or demands comes first (`binding`), then nearness, role, fit and, least, what the document is about. What fits
nobody stays unresolved: no claim is better than one about the wrong firm.
"""

from ingest.coreference.resolve import resolve

__all__ = ["resolve"]
