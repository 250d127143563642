"""The quick attribute ruler gives what spaCy's own gives, word for word."""

import spacy

from ingest.nlp import MODEL, language
from tests.benchmarks.corpus import briefing

ODD = (
    "There's all I've got. I ain't sure. Let's go, y'all; nothin' doin'. There are two. Gonna do it, he said. "
    "It's 'em. He hadn't, but you have. It did.\n\nDo they? As if! Save Vale, whose firms' chips would've been sold."
)


def test_every_word_gets_what_the_ruler_gives() -> None:
    texts = [briefing(1), briefing(2), ODD]
    stock, ours = spacy.load(MODEL), language()
    stock.tokenizer = ours.tokenizer
    for a, b in zip(stock.pipe(texts), ours.pipe(texts), strict=True):
        assert [(t.text, t.pos_, str(t.morph), t.lemma_, t.tag_) for t in a] == [
            (t.text, t.pos_, str(t.morph), t.lemma_, t.tag_) for t in b
        ]
