"""Slips of the parser that names and periods give away, put right before anything is read off the parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.inserts import join_subject
from ingest.names.lexicon import classifying_nouns
from ingest.parsed import Mention, Sentence, after_bracket
from ingest.placed import join_placed
from ingest.relations.frames import frames
from ingest.semicolons import part_subjects
from ingest.speakers import kind_of
from ingest.wordclasses import mend_words
from ingest.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_FINITE = {"VBD", "VBZ", "VBP", "MD"}
_AFTER_NAME = {"VBN", "VBD"}
_ARTICLES = {"a", "an", "the"}
_PARTS = words("parties") | {"unit", "arm", "division", "affiliate", "competitor", "stablemate", "offshoot", "backer"}
_BEFORE = {"poss", "amod", "det", "compound", "nmod"}  # what stands before a noun in its phrase
_SUBJECTS = ("nsubj", "nsubjpass")
_LOOSE = {"attr", "dobj", "npadvmod", "appos", "dep", "oprd", "pobj"}  # where the parser hangs an apposition by mistake


def repair(sentence: Sentence) -> None:
    """Correct heads of the sentence's parse in place. The slips known are each described at their function."""
    _verb_taken_for_a_plural(sentence)
    _behind_a_tag(sentence)
    _behind_an_apposition(sentence)
    mend_words(sentence)
    join_placed(sentence)
    part_subjects(sentence)
    join_subject(sentence)
    _explained_by_names(sentence)
    _said_of_the_name(sentence)
    _said_of_its_home(sentence)
    for mention in sentence.mentions:
        if mention.named:
            _called_by_its_part(sentence, mention)
            _taken_for_a_modifier(sentence, mention)
            _taken_for_an_address(sentence, mention)
            _taken_for_a_time(sentence, mention)
            _taken_for_the_root(sentence, mention)
            _coordinated_with_a_figure(sentence, mention)
            _apposition_elsewhere(sentence, mention)


def _verb_taken_for_a_plural(sentence: Sentence) -> None:
    """“Qwen powers Airbnb's assistant”, read as a noun phrase: a sentence needs a verb, and this word can be one."""
    doc = sentence.doc
    if any(t.tag_ in _FINITE for t in doc):
        return
    root = next((t for t in doc if t.dep_ == "ROOT"), None)
    verb = next((t for t in doc if t.tag_ == "NNS" and t.i and _may_be_verb(sentence, t, root)), None)
    if verb is None or root is None:
        return
    subject = doc[verb.i - 1]
    for token in list(doc[: verb.i]):
        if token != subject and token.head in (verb, root) and token.dep_ not in ("prep", "punct", "ROOT"):
            token.head = subject
    verb.tag_, verb.lemma_ = "VBZ", verb.lower_.removesuffix("s")
    verb.pos_ = "VERB"
    verb.head, verb.dep_ = verb, "ROOT"
    subject.head, subject.dep_ = verb, "nsubj"
    if root not in (verb, subject):
        root.head, root.dep_ = verb, "dobj"


def _behind_an_apposition(sentence: Sentence) -> None:
    """“delivered samples of X, the memory that Y needs, to Z”, read as the memory to Z: the second comma ends what is
    said of X.
    """
    for token in sentence.doc:
        if token.dep_ != "prep" or token.lower_ not in ("to", "from") or token.nbor(-1 if token.i else 0).text != ",":
            continue
        set_in = next((a for a in token.ancestors if a.dep_ == "appos"), None)
        opened = set_in.left_edge.i if set_in is not None else 0
        verb = next((a for a in set_in.ancestors if a.pos_ == "VERB"), None) if set_in is not None else None
        if verb is not None and verb.i < opened and sentence.doc[opened - 1].text == ",":
            token.head = verb


def _explained_by_names(sentence: Sentence) -> None:
    """“Micron's rivals, Samsung and SK hynix, …”, read as a list of three: the names are the rivals."""
    for noun in sentence.doc:
        if noun.tag_ != "NNS" or noun.lemma_.lower() not in words("parties") or noun.i + 2 >= len(sentence.doc):
            continue
        first = sentence.mention_at(noun.nbor(2)) if noun.nbor().text == "," else None
        if first is None or not first.named or not any(c.dep_ == "poss" for c in noun.children):
            continue
        name = sentence.doc[first.root]
        last = max((t.i for t in name.subtree if t.dep_ == "conj" and sentence.mention_at(t)), default=-1)
        closed = last + 1 < len(sentence.doc) and sentence.doc[last + 1].is_punct
        if name.dep_ == "conj" and name.head == noun and last > 0 and closed:
            name.dep_ = "appos"


def _said_of_the_name(sentence: Sentence) -> None:
    """“the backers of Acme, which was sold …”, read as said of the backers: a singular verb is the name's."""
    for which in sentence.doc:
        verb = which.head if which.lower_ == "which" else None
        if verb is None or verb.dep_ != "relcl" or which.i < 2 or which.nbor(-1).text != ",":
            continue
        name = sentence.mention_at(which.nbor(-2))
        singular = any(t.tag_ == "VBZ" or t.lower_ == "was" for t in (verb, *(c for c in verb.children)))
        if name is not None and name.named and verb.head.tag_ == "NNS" and singular:
            verb.head = sentence.doc[name.root]


def _said_of_its_home(sentence: Sentence) -> None:
    """“Acme, of Odense, which makes …”, read as said of the town: what is set in ends at the comma."""
    doc = sentence.doc
    for which in doc:
        verb = which.head if which.lower_ == "which" else None
        if verb is None or verb.dep_ != "relcl" or which.i < 5 or which.nbor(-1).text != ",":
            continue
        of = next((t for t in reversed(doc[: which.i - 2]) if t.lower_ == "of"), None)
        if of is None or of.i < 2 or doc[of.i - 1].text != "," or not _one_name(doc[of.i + 1 : which.i - 1]):
            continue
        name = _named_before(sentence, of.i - 1)
        if name is not None and verb.head.i > of.i:
            verb.head = doc[name.root]
            of.head = doc[name.root]


def _one_name(inside: Span) -> bool:
    """Whether a stretch is a name, or a town and its state: “Odense, Denmark”."""
    return all(t.pos_ == "PROPN" or t.text == "," for t in inside)


def _named_before(sentence: Sentence, comma: int) -> Mention | None:
    """The firm that ends at a comma, seen past a bracket."""
    names = [m for m in sentence.mentions if m.named and m.entity is not None and m.entity.type == "Company"]
    return next((m for m in names if comma in (m.last + 1, after_bracket(sentence.doc, m.last + 1))), None)


def _may_be_verb(sentence: Sentence, noun: Token, root: Token | None) -> bool:
    """Whether a plural is a verb of the frames, no noun of theirs, behind a name's phrase and with more behind it."""
    lemma = noun.lower_.removesuffix("s")
    if lemma not in frames().verbs or lemma in frames().nouns or noun.i + 1 >= len(noun.doc):
        return False
    before = noun.doc[noun.i - 1]
    named = any(m.named and m.first <= before.i for m in sentence.mentions)
    leads = noun == root or (noun.dep_ == "compound" and root is not None and root.i > noun.i)
    open_ = noun.nbor(1).pos_ in ("DET", "ADP", "PROPN", "NOUN", "ADJ", "PRON", "NUM", "SYM")
    return named and leads and open_ and before.pos_ in ("PROPN", "NOUN", "ADJ", "X")


def _behind_a_tag(sentence: Sentence) -> None:
    """“… has agreed, so Reuters reported, to buy chips”: the infinitive belongs to the verb before the tag."""
    doc = sentence.doc
    for so in doc:
        if so.lower_ not in ("so", "as") or so.i < 2 or doc[so.i - 1].text != ",":
            continue
        close = next((t.i for t in doc[so.i + 1 : so.i + 10] if t.text == ","), None)
        tag = next((t for t in doc[so.i + 1 : close] if t.pos_ == "VERB" and kind_of(t.lemma_.lower())), None)
        before = next((t for t in reversed(doc[: so.i]) if t.pos_ == "VERB"), None)
        if close is None or tag is None or before is None:
            continue
        for late in list(tag.children):
            if late.i > close and late.dep_ in ("xcomp", "ccomp", "advcl") and late.tag_ == "VB":
                late.head, late.dep_ = before, "xcomp"


def _taken_for_a_time(sentence: Sentence, mention: Mention) -> None:
    """“In August Kunlunxin won …”: the subject was read as the object of “in”, the month as its modifier."""
    root = sentence.doc[mention.root]
    when = next((w for w in sentence.periods if w.last == mention.first - 1), None)
    if when is None or root.dep_ != "pobj" or mention.last + 1 >= len(sentence.doc):
        return
    verb = _verb_after(sentence.doc[mention.last + 1]) or _verb_after_clause(root) or _verb_after_apposition(root)
    if verb is None or any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children):
        return
    preposition = root.head
    time = sentence.doc[when.root]
    root.head, root.dep_ = verb, "nsubj"
    time.head, time.dep_ = preposition, "pobj"


def _verb_after_clause(name: Token) -> Token | None:
    """“In May Acme, which makes cores, passed …”: the past tense behind the clause, where no other verb is."""
    if name.head.dep_ != "ROOT" or not any(c.dep_ in ("relcl", "appos") for c in name.children):
        return None
    verb = next((c for c in name.children if c.dep_ == "acl" and c.tag_ == "VBD" and c.nbor(-1).text == ","), None)
    if verb is not None:
        verb.head, verb.dep_ = verb, "ROOT"
        name.head.head, name.head.dep_ = verb, "prep"
    return verb


def _verb_after_apposition(name: Token) -> Token | None:
    """“In the summer of 2024 Acme, a maker of cores, passed …”: the verb that the phrase of time hangs on."""
    if not any(c.dep_ == "appos" for c in name.children):
        return None
    verb = next((a for a in name.ancestors if a.pos_ == "VERB"), None)
    return verb if verb is not None and verb.tag_ in _FINITE and verb.i > name.right_edge.i else None


def _taken_for_a_modifier(sentence: Sentence, mention: Mention) -> None:
    """“Claude runs on TPUs”: the subject was read as part of a compound with the verb."""
    root = sentence.doc[mention.root]
    verb = root.head
    if root.dep_ not in ("compound", "nmod") or verb.i != mention.last + 1 or verb.tag_ not in _FINITE:
        return
    if verb.pos_ == "VERB" and not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children):
        root.dep_ = "nsubj"


def _taken_for_an_address(sentence: Sentence, mention: Mention) -> None:
    """“Oracle, Reuters wrote last May, was going to spend …”: the subject was read as called to by the aside."""
    root = sentence.doc[mention.root]
    aside = root.head
    if root.dep_ not in ("intj", "npadvmod", "dep") or aside.dep_ not in ("parataxis", "ccomp") or aside.i < root.i:
        return
    verb = aside.head
    bare = not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)
    if kind_of(aside.lemma_.lower()) and verb.pos_ in ("VERB", "AUX") and verb.i > aside.i and bare:
        root.head, root.dep_ = verb, "nsubj"


def _called_by_its_part(sentence: Sentence, mention: Mention) -> None:
    """“Acme's rival Bolt”, read as one name that is Acme's: the rival is, and Bolt is who it is."""
    root = sentence.doc[mention.root]
    part = sentence.doc[mention.first - 1] if mention.first else None
    if part is None or part.lower_ not in _PARTS or part.pos_ == "PROPN":
        return
    if part.head == root and part.dep_ in ("compound", "nmod", "amod"):
        before = [c for c in root.children if c.i < part.i and c.dep_ in _BEFORE]
        if not any(c.dep_ == "poss" for c in before):
            return
        part.dep_, part.head = root.dep_, (part if root.dep_ == "ROOT" else root.head)
        for child in before:
            child.head = part
    elif part.dep_ not in _SUBJECTS or not (root.head == part or (root.head == part.head and root.dep_ in _SUBJECTS)):
        return
    part.tag_, part.pos_, part.lemma_ = "NN", "NOUN", part.lower_
    root.head, root.dep_ = part, "appos"


def _verb_after(token: Token) -> Token | None:
    """The finite verb that starts at a token, seen past its auxiliary."""
    if token.tag_ not in _FINITE:
        return None
    return token.head if token.dep_ in ("aux", "auxpass") else token


def _taken_for_the_root(sentence: Sentence, mention: Mention) -> None:
    """“OpenAI partnered with Broadcom.”: the verb was read as a participle that hangs on its subject."""
    root = sentence.doc[mention.root]
    if root.dep_ != "ROOT" or mention.last + 1 >= len(sentence.doc):
        return
    verb = sentence.doc[mention.last + 1]
    if verb.dep_ != "acl" or verb.tag_ not in _AFTER_NAME or any(c.dep_ == "agent" for c in verb.children):
        return
    if any(t.pos_ in ("VERB", "AUX") and t.head == root and t != verb for t in sentence.doc):
        return
    verb.head, verb.dep_ = verb, "ROOT"
    root.head, root.dep_ = verb, "nsubj"


def _coordinated_with_a_figure(sentence: Sentence, mention: Mention) -> None:
    """“… kept Huawei on the list since 2019 and SMIC since 2020.”: a name is coordinated with a name, no date."""
    root = sentence.doc[mention.root]
    if root.dep_ != "conj" or mention.entity is None:
        return
    alone = root.head.pos_ in ("VERB", "AUX")  # “… and SMIC since 2020”, read as a verb beside “kept”
    figures = [(f.first, f.last) for f in sentence.amounts] + [(w.first, w.last) for w in sentence.periods]
    if not alone and not any(first <= root.head.i <= last for first, last in figures):
        return
    before = [
        m
        for m in sentence.mentions
        if m.named and m.entity and m.entity.type == mention.entity.type and m.last < mention.first
    ]
    partner = sentence.doc[max(before, key=lambda m: m.last).root] if before else None
    if partner is not None and partner.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj"):
        root.head = partner


def _apposition_elsewhere(sentence: Sentence, mention: Mention) -> None:
    """“… the work of Annapurna Labs, an Israeli start-up”: what follows the comma explains the name."""
    doc, root = sentence.doc, sentence.doc[mention.root]
    start = after_bracket(doc, mention.last + 1)
    if start + 2 >= len(doc) or doc[start].text != ",":
        return
    noun = _owned(doc[start + 1]) if doc[start + 1].lower_ not in _ARTICLES else doc[start + 1].head
    if noun is None or (
        noun.i <= start + 1
        or noun.pos_ != "NOUN"
        or noun.dep_ not in _LOOSE
        or noun.head == root
        or root.is_ancestor(noun)
        or noun.is_ancestor(root)
        or sentence.amount_at(noun) is not None
        or noun.lower_ not in classifying_nouns()
    ):
        return
    noun.head, noun.dep_ = root, "appos"


def _owned(first: Token) -> Token | None:
    """What a phrase that begins with its owner is: in “OpenAI's fiercest rival” the rival."""
    token = first
    while token.dep_ in ("compound", "nmod") and token.head.i > token.i:
        token = token.head
    return token.head if token.dep_ == "poss" and token.head.dep_ == "npadvmod" else None
