"""The errors of Tollgraph.

    TollgraphError
    ├── SourceError      a file, page or folder that cannot be read as text
    ├── StoreError       the store: in use, newer version, damaged, missing
    ├── ShapeError       a document whose claims break the shapes of the vocabulary, or do not quote its text
    ├── UnknownError     a document, entity, claim or predicate that the graph does not hold
    ├── QueryError       a question or SPARQL query that cannot be run as it stands
    └── SettingsError    a wrong setting, option or vocabulary file

Every message says what was wrong, where, and the way out, on one line. The command line prints it and exits 1
(2 for SettingsError); HTTP answers with problem+json (api/problems.py).
"""


class TollgraphError(Exception):
    """Root of all errors that a user may see."""


class SourceError(TollgraphError):
    """A source that cannot be read: missing, empty, binary, too large, no article in it."""


class StoreError(TollgraphError):
    """The store cannot be opened or written."""


class ShapeError(TollgraphError):
    """A document that stays out because its graph is not what the vocabulary says, or a quote is not in its text."""


class UnknownError(TollgraphError):
    """What was asked for by name is not in the graph. `suggestions` are labels or ids that come near."""

    def __init__(self, message: str, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.suggestions = suggestions


class AmbiguousError(UnknownError):
    """The name fits several entities alike; `suggestions` names them."""


class QueryError(TollgraphError):
    """A SPARQL query that is malformed or not allowed."""


class SettingsError(TollgraphError):
    """A setting, option or vocabulary entry that makes no sense."""
