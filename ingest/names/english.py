"""Whether a word is one of English, by the lists that the language model's lemmatiser brings along."""

from __future__ import annotations

from functools import cache

from ingest.names.lexicon import classifying_nouns
from ingest.nlp import language

_TABLES = ("noun", "verb", "adj", "adv")
_YOUNG = frozenset(  # words of the trade that the lists lack
    [
        *("capex", "opex", "chipmaker", "chipmaking", "hyperscaler", "neocloud", "datacentre", "datacenter", "tapeout"),
        *("wafer", "fab", "fabless", "interposer", "chiplet", "backend", "frontend", "startup", "ebitda", "webinar"),
        *("online", "offline", "website", "app", "blog", "newsletter", "gigawatt", "petaflop", "teraflop", "photonics"),
    ]
)


@cache
def _index() -> frozenset[str]:
    table = language().get_pipe("lemmatizer").lookups.get_table("lemma_index")
    return frozenset(word for name in _TABLES for word in table[name]) | _YOUNG | frozenset(classifying_nouns())


def is_english(word: str) -> bool:
    """Whether a word, or what remains without a usual ending, is in the lists; case does not count."""
    low = word.lower()
    stems = (low, low.removesuffix("s"), low.removesuffix("es"), low.removesuffix("ed"), low.removesuffix("ing"))
    if low.endswith("ies"):
        return low[:-3] + "y" in _index() or low[:-1] in _index()
    return any(stem in _index() for stem in (*stems, low.removesuffix("ing") + "e", low.removesuffix("d")))
