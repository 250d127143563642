"""Passages of the stored texts: an index beside the graph, searched by words, by links and, if asked, by sense.

`search` is the way in, `retriever` the same for LangChain. `article` says what is kept of a document, `windows` where
its passages begin and end, `tables` how that lies in a SQLite file, `keeping` how the file follows the store. Each leg
has a file (`words` with `wording`, `links` with `naming`, `sense` with `embedding`); `ranking` makes one order of them,
`looking` says which passages may be shown, `texts` reads them.
"""

from qa.passages.passage import Passage
from qa.passages.search import Passages

__all__ = ["Passage", "Passages"]
