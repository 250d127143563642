"""What the surroundings of a name say about its type: votes, weighted as ingest/rules/names.yaml says."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from ingest.arguments import verb_name
from ingest.names.figures import figure_votes
from ingest.names.hints import is_persons
from ingest.names.lexicon import THING, THINGS, NameLexicon, Votes
from ingest.names.new import NUMBERS, given_name, is_code, is_lettered, tickers
from ingest.names.peers import peer_votes
from ingest.names.persons import POST, person_votes
from ingest.names.roles import classifiers, explained, roles
from ingest.parsed import Mention, Sentence
from ingest.speakers import kind_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_AT = frozenset({"in", "at", "near", "outside", "from", "of", "the", "around"})
_CHOOSING = frozenset({"both", "either", "neither"})  # “neither X nor Y”: no articles
_HOME = 5  # votes for a place
_ENDING_IN = (
    (re.compile(r"^\d{1,4}B$"), "Model"),  # “Mistgate 70B”
    (re.compile(r"[a-zA-Z](?:GPT|LLM|LM|VL)$"), "Model"),
    (re.compile(r"[a-z](?:OS|DB|SQL)$"), "Product"),
    (re.compile(r"^[A-Z][A-Za-z]*[a-z](?:Link|Bridge|Stack|Bond|Fabric|Via|FET|Bus)$"), "Technology"),
)
_WORDED = re.compile(r"^[A-Z][a-z]{3,}-?\d")  # “Heron-3”
_SMALL_FIRST = re.compile(r"[ie][A-Z][a-z]")
_TITLES = frozenset(
    ["Officer", "President", "Chairman", "Chairwoman", "CEO", "CFO", "CTO", "COO", "Founder", "Minister", "Secretary"]
)


def votes(sentence: Sentence, first: int, last: int, lexicon: NameLexicon) -> Counter[str]:
    """How strongly one occurrence speaks for each type, and for `THING`: a chip, a model or a product. A vote may be
    negative.
    """
    out: Counter[str] = Counter()
    _own_words(sentence, first, last, lexicon, out)
    _nouns(sentence, first, last, lexicon, out)
    for role, word in roles(sentence.doc, first, last):
        _add_all(out, lexicon.roles.get((role, word), ()))
        if role == "to" and first != last and word in lexicon.person_to[1]:
            out["Person"] += lexicon.person_to[0]
    _before(sentence, first, last, lexicon, out)
    _behind(sentence, first, last, lexicon, out)
    _speaker(sentence, first, last, out)
    out.update(figure_votes(sentence, first, last, lexicon))
    _beside(sentence, first, last, out)
    out.update(person_votes(sentence, first, last, lexicon))
    out.update(peer_votes(sentence, first, last, lexicon))
    return out


def votes_by_type(sentence: Sentence, first: int, last: int, lexicon: NameLexicon) -> Counter[str]:
    """The votes with those for `THING` counted for each type that it may be."""
    out = votes(sentence, first, last, lexicon)
    out.update(dict.fromkeys(THINGS, out.pop(THING, 0)))
    return out


def recognised(places: list[tuple[Sentence, int, int]], lexicon: NameLexicon) -> Counter[str]:
    """What spaCy's recogniser mostly takes the name for, counted once however often the name occurs: it is weak on the
    names of this field.
    """
    labels = Counter(t.ent_type_ for s, first, last in places for t in s.doc[first : last + 1] if t.ent_type_)
    out: Counter[str] = Counter()
    sentence, first, last = places[0]
    person = is_persons(str(sentence.doc[first : last + 1].text), lexicon)
    if labels:
        label = labels.most_common(1)[0][0]
        single = all(first == last for _, first, last in places)
        if label in lexicon.recogniser and not (label == "PERSON" and (single or person is False)):
            kind, weight = lexicon.recogniser[label]
            out[kind] += weight
    if person and not out["Person"]:
        out["Person"] += lexicon.given_weight
    return out


def _own_words(sentence: Sentence, first: int, last: int, lexicon: NameLexicon, out: Counter[str]) -> None:
    doc = sentence.doc
    if is_lettered(doc[first]):
        out["Company"] += 6
    if any(given_name(doc, i) for i in range(first, last)):
        out["Person"] += 6
    if doc[first].text in lexicon.beginnings:
        _add(out, lexicon.beginnings[doc[first].text])
    ending = lexicon.endings.get(doc[last].text.strip("."))
    if ending and first != last:
        _add(out, ending)


def _nouns(sentence: Sentence, first: int, last: int, lexicon: NameLexicon, out: Counter[str]) -> None:
    """Nouns that say what the name is. “Veltrix chips” may be Veltrix's chips or chips called Veltrix; “a Veltrix
    executive” is of Veltrix.
    """
    doc = sentence.doc
    told = frozenset(noun.i for noun in explained(doc, last))
    for noun in classifiers(doc[first : last + 1].root, first, last):
        kind = lexicon.kinds.get(noun.lower_) or lexicon.kinds.get(noun.lemma_.lower())
        behind = last < noun.i <= last + 3 and doc[first : last + 1].root.head == noun
        if not kind or (behind and kind in ("Company", "Organization", "Person")):
            continue
        numbered = any(c.isdigit() for c in doc[last].text)  # “Q7 chips”: no firm
        if behind and not numbered and not _determiner(sentence, first, last) and not _one_of_a_firm(noun, first):
            out["Company"] += lexicon.possible
            out[kind] += lexicon.possible
        else:
            sure = noun.i in told or (behind and kind == "Technology" and numbered)
            out[kind] += lexicon.explained if sure else lexicon.classifier


def _one_of_a_firm(noun: Token, first: int) -> bool:
    """“Google's X chip”: one chip of a firm, called X."""
    return bool(noun.tag_ == "NN") and any(c.dep_ == "poss" and c.i < first for c in noun.children)


def _determiner(sentence: Sentence, first: int, last: int) -> bool:
    """Whether the name, or what it modifies, has an article or a pronoun of its own right before it: “its new X”."""
    doc = sentence.doc
    if first > 0 and _is_determiner(doc[first - 1]):
        return True
    return any(_is_determiner(c) and c.i < first for c in doc[first : last + 1].root.children)


def _is_determiner(token: Token) -> bool:
    return token.tag_ in ("DT", "PRP$") and token.lower_ not in _CHOOSING


def _before(sentence: Sentence, first: int, last: int, lexicon: NameLexicon, out: Counter[str]) -> None:
    """A title; an article; the firm that owns it; “in” where the recogniser sees a place."""
    doc = sentence.doc
    if not first:
        return
    previous, root = doc[first - 1], doc[first : last + 1].root
    if previous.text in lexicon.titles:
        _add(out, lexicon.titles[previous.text])
    if previous.lower_ in ("in", "near", "outside") and doc[first].ent_type_ in ("GPE", "LOC"):
        out["Place"] += 2
    if _home_of_a_firm(sentence, first, last):
        out["Place"] += _HOME
    if root.dep_ not in ("compound", "nmod", "poss") and _determiner(sentence, first, last):
        _add_all(out, lexicon.with_article)
    if _of_a_firm(sentence, root, first):
        _add_all(out, lexicon.of_a_firm)
    elif _owner_type(sentence, previous) == "Place":
        _add_all(out, lexicon.of_a_place)
    held = sentence.mention_at(previous)
    if held is not None and held.entity is not None and held.entity.type == "Company":
        _add_all(out, lexicon.after_a_firm)


def _home_of_a_firm(sentence: Sentence, first: int, last: int) -> bool:
    """“Acme (TYO: 1234), of X, which …”: a town, set in behind a firm."""
    doc = sentence.doc
    closed = last + 1 == len(doc) or doc[last + 1].text in (",", ".")
    if not closed or first < 3 or doc[first - 1].lower_ != "of" or doc[first - 2].text != ",":
        return False
    before = first - 3
    if before in tickers(sentence):
        return True
    held = sentence.mention_at(doc[before])
    return held is not None and held.named and held.entity is not None and held.entity.type == "Company"


def _owner_type(sentence: Sentence, mark: Token) -> str | None:
    """The type of the name that a mark of possession ends: “Taiwan's”."""
    owner = sentence.mention_at(mark.doc[mark.i - 1]) if mark.tag_ == "POS" and mark.i else None
    return owner.entity.type if owner is not None and owner.entity is not None else None


def _of_a_firm(sentence: Sentence, root: Token, first: int) -> bool:
    """“Google's X”, “Google's seventh X”, whether the owner is known or new; not “Taiwan's X”."""
    for owner in root.children:
        if owner.dep_ == "poss" and owner.i < first and owner.tag_ in ("NNP", "NNPS"):
            held = sentence.mention_at(owner)
            return held is None or held.entity is None or held.entity.type == "Company"
    return False


def _behind(sentence: Sentence, first: int, last: int, lexicon: NameLexicon, out: Counter[str]) -> None:
    """“X-based”, “X, Texas”, “X (NYSE: XX)”, “the X maker”."""
    doc = sentence.doc
    following = [t.lower_ for t in doc[last + 1 : last + 3]]
    if len(following) == 2 and following[0] == "-":
        _add_all(out, lexicon.hyphened.get(following[1], ()))
    if len(following) == 2 and following[0] == ",":
        held = sentence.mention_at(doc[last + 2])
        if held is not None and held.entity is not None and held.entity.type == "Place":
            _add_all(out, lexicon.before_a_state if _closed(sentence, held, first) else (("Place", 1),))
        elif doc[last + 2].text in lexicon.posts and first != last:
            out["Person"] += lexicon.post_weight
    elif _before_a_trade(doc, first, last, lexicon):
        _add_all(out, lexicon.before_a_trade)
    if first > 1 and first != last and doc[first - 1].text in _TITLES:  # “Chief Financial Officer Dana Fielding”
        out["Person"] += lexicon.post_weight
    if "who" in following[:2]:  # “Tessa Brandow, who heads the unit”
        out["Person"] += 4
    if last + 1 < len(doc) and doc[last + 1].text == "(" and last + 1 in tickers(sentence):
        out["Company"] += 6


def _closed(sentence: Sentence, state: Mention, first: int) -> bool:
    """Whether “X, Texas” stands as a place does: after “in” or “the”, or closed by another comma."""
    doc = sentence.doc
    before = doc[first - 1].lower_ if first else ""
    after = doc[state.last + 1] if state.last + 1 < len(doc) else None
    listed = after is not None and after.lower_ in ("and", "or", "&")
    return not listed and (before in _AT or after is None or after.text in (",", "."))


def _before_a_trade(doc: Doc, first: int, last: int, lexicon: NameLexicon) -> bool:
    """“the X start-up”."""
    article = first > 0 and doc[first - 1].lower_ == "the"
    return article and last + 1 < len(doc) and doc[last + 1].text in lexicon.trades


def _speaker(sentence: Sentence, first: int, last: int, out: Counter[str]) -> None:
    """Who says something is no thing; several words with a house behind are a person: “said Tessa Brandow of Kiwoom
    Securities”.
    """
    doc = sentence.doc
    root = doc[first : last + 1].root
    before = doc[first - 1] if first else None
    says = root.dep_ == "nsubj" and kind_of(verb_name(root.head)) is not None
    if says:
        for kind in ("Company", "Organization") if first == last else ("Company", "Organization", "Person"):
            out[kind] += 1
    spoken = before is not None and kind_of(before.lemma_.lower().removesuffix("s")) is not None
    following = doc[last + 1].lower_ if last + 1 < len(doc) else ""
    house = following in ("of", "at", "from", "with") and last + 2 < len(doc) and doc[last + 2].text[0].isupper()
    if first != last and house and (says or spoken):
        out["Person"] += 4


def _beside(sentence: Sentence, first: int, last: int, out: Counter[str]) -> None:
    """Names that are coordinated are mostly of one type: “Broadcom, Veltrix and Marvell”."""
    root = sentence.doc[first : last + 1].root
    chain = [c for c in root.children if c.dep_ == "conj"]
    if root.dep_ == "conj":
        chain.append(root.head)
    for other in chain:
        held = sentence.mention_at(other)
        if held is not None and held.how == "catalogue" and held.entity is not None and held.root == other.i:
            out[held.entity.type] += 2


def _add(out: Counter[str], vote: tuple[str, int]) -> None:
    kind, weight = vote
    out[kind] += weight


def _add_all(out: Counter[str], found: Votes) -> None:
    for kind, weight in found:
        out[kind] += weight


def by_form(name: str) -> Counter[str]:
    """What the form of the name says: codes (H47, 910C) are chips, versions with a point models or software, other
    versions things; iX and eX, by a little, too. “70B” counts parameters; LogDB is software, HexLink an interface.
    """
    last = name.split()[-1].removesuffix("s")
    if last in NUMBERS and " " in name:  # “Mosaic One”
        return Counter({THING: 2, "Person": -POST})
    if _SMALL_FIRST.match(name):
        return Counter({THING: 1})
    for pattern, kind in _ENDING_IN:
        if pattern.search(last):
            return Counter({kind: 6})
    if name.startswith(("Customer ", "Client ", "Supplier ", "Vendor ", "Fab ")) or not any(c.isdigit() for c in last):
        return Counter()
    if "." in last.strip("."):
        return Counter({THING: 3, "Model": 1, "Person": -POST})
    digits = sum(c.isdigit() for c in last)
    if is_code(last) or digits >= 3:
        told = "numbered" if _WORDED.match(last) else "Chip"
        return Counter({THING: 2, told: 1, "Person": -POST})
    return Counter({THING: 2, "numbered": 1, "Person": -POST})
