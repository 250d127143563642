"""Who does what to whom: the arguments of a verb, whatever the voice or construction.

`slots(verb)` maps slot names to head tokens: `subj` and `obj` (by meaning: in “chips made by TSMC” `subj` is TSMC and
`obj` chips), `dative`, `attr` (after a copula), `theme` (what a passive is done to, else the subject), and one slot for
each preposition (`to`, `from`, `with`, …). Relative clauses, participles, infinitives, gerunds and coordinated verbs
take the arguments that they leave out from where English finds them.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ingest.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

Slots = dict[str, list["Token"]]

_NO_ARGUMENT = {"according", "thanks", "due", "owing", "prior", "instead"}  # their “to” or “of” is the verb's no more
_SUBJECT = {"nsubj", "csubj"}
_PASSIVE_SUBJECT = {"nsubjpass", "csubjpass"}
_RELATIVE = {"who", "which", "that", "whom"}
_PAIR = 3  # tokens from one verb to the next of a pair: “owned and operated”
_JOINT = {  # what the lemmatiser makes nothing of
    "co-founded": "co-found", "co-founds": "co-found", "co-developed": "co-develop", "co-develops": "co-develop",
    "co-produced": "co-produce", "co-owned": "own", "co-owns": "own", "co-led": "co-lead",
    "hopes": "hope", "hoped": "hope", "installed": "install", "installing": "install", "fabbed": "fab",
    "cofounded": "co-found", "co-leading": "co-lead", "etches": "etch", "etched": "etch",
}  # fmt: skip
_PRO_VERBS = {"do", "have", "be", "will", "would", "can", "could", "may", "might", "must", "should"}
_MADE = {"base", "build", "design", "develop", "make", "manufacture", "produce"}
_OBJECT_CONTROL = words("object_control")
_RELYING = {"rely", "depend", "count", "bank", "lean"}  # “relies on SMIC to make its chips”: SMIC makes them


def is_passive(verb: Token) -> bool:
    """Whether a verb form is passive: “was made”, “the chip made by …” (not “has made”)."""
    if any(c.dep_ in ("auxpass", *_PASSIVE_SUBJECT) or c.dep_ == "agent" for c in verb.children):
        return True
    if _caused(verb):
        return True
    if verb.tag_ != "VBN" or any(c.dep_ in ("aux", *_SUBJECT) for c in verb.children):
        return False
    if verb.dep_ == "conj" and verb.head.tag_ == "VBN":
        return is_passive(verb.head)  # “Founded in 1946 and based in York, …”
    return verb.dep_ in ("acl", "advcl", "amod")


def _caused(verb: Token) -> bool:
    """“has the chip made at TSMC”: a participle with what it is done to before it, under “have” or “get”."""
    bare = verb.tag_ == "VBN" and not any(c.dep_ == "aux" for c in verb.children)
    return bare and verb.dep_ == "ccomp" and verb.head.lemma_ in ("have", "get")


def verb_name(verb: Token) -> str:
    """The lemma with its particle: “take over”."""
    particle = next((c.lower_ for c in verb.children if c.dep_ == "prt" or _together(verb, c)), None)
    lemma = _JOINT.get(verb.lower_, verb.lemma_.lower())
    return f"{lemma} {particle}" if particle else lemma


def _together(verb: Token, word: Token) -> bool:
    """“put together” is one word, too."""
    return bool(word.lower_ == "together" and word.dep_ == "advmod" and verb.lemma_ == "put")


def slots(verb: Token) -> Slots:
    """The arguments of a verb as head tokens; see the module's first lines for the names."""
    out: Slots = defaultdict(list)
    passive = is_passive(verb)
    for child in verb.children:
        _place(child, out)
    if not passive:
        _recipient(verb, out)
    if _caused(verb):
        out["obj"] += [t for t in out["subj"] if t.i < verb.i]
        out["subj"] = [t for t in out["subj"] if t.i > verb.i]
    for name in ("obj", "attr"):
        for head in list(out[name]):
            _prepositions(head, out)
    if out["obj"] and out["from"]:  # “buys chips from Acme, and servers from Bolt”
        late = (c for c in verb.children if c.dep_ == "conj" and c.pos_ == "NOUN" and c.i > verb.i)
        out["from"] += [t for noun in late for c in noun.children if c.lower_ == "from" for t in c.children]
    _shared(verb, passive, out)
    _antecedent(verb, passive, out)
    if verb.dep_ == "amod" and verb.tag_ in ("VBN", "VBD") and verb.i >= 2 and verb.doc[verb.i - 1].text == "-":
        # “SoftBank-backed Arm”
        out["subj"].append(verb.doc[verb.i - 2])
        out["obj"].append(verb.head)
    if not out["obj" if passive else "subj"]:
        _inherit(verb, passive, out)
    if not passive:
        out["subj"] += _likewise(verb)
    if (
        verb.dep_ == "csubj"
        and any(t.lower_ == "what" for t in out["obj"])
        and not any(t.lower_ == "it" for t in out["subj"])
    ):  # “What they make is glass”
        out["obj"] = [c for c in verb.head.children if c.dep_ == "attr"]
    out["theme"] = list(out["obj" if passive else "subj"])
    return {name: tokens for name, tokens in out.items() if tokens}


def _recipient(verb: Token, out: Slots) -> None:
    """The first of two bare objects is for whom it is: “bought the firm a holding”."""
    objects = [c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i]
    if (
        len(objects) == 2
        and objects[0].right_edge.i + 1 == objects[1].left_edge.i
        and objects[1].left_edge.pos_ == "DET"
    ):
        out["obj"].remove(objects[0])
        out["dative"].append(objects[0])


def _shared(verb: Token, passive: bool, out: Slots) -> None:
    """What stands with the second of two verbs but goes with both: “owned and run by X”, “designs and sells chips”."""
    name, wanted = ("subj", "agent") if passive else ("obj", "dobj")
    following = next((c for c in verb.children if c.dep_ == "conj" and c.tag_ == verb.tag_), None)
    if out[name] or following is None or following.i - verb.i > _PAIR:
        return
    for child in following.children:
        if child.dep_ == wanted:
            _place(child, out)


def _likewise(verb: Token) -> list[Token]:
    """Who does the same: “Acme buys from it, as do Bolt and Crane”."""
    clauses = [c for c in verb.children if c.dep_ == "advcl" and c.i > verb.i and c.lemma_ in _PRO_VERBS]
    alike = [c for c in clauses if c.i and c.nbor(-1).lower_ == "as"]
    return [t for c in alike for t in c.children if t.dep_ in _SUBJECT and t.i > c.i]


def beside(noun: Token) -> Token:
    """What a noun in apposition is said of: in “Acme and Bolt, its French rival” only Bolt is the rival."""
    chain = coordinated(noun.head) if noun.dep_ == "appos" else []
    before = [t for t in chain if t.i < noun.i]
    counted = any(c.lower_ in ("two", "both") for c in noun.children)
    return before[-1] if before and noun.tag_ == "NN" and not counted else noun.head


def told_of(clause: Token) -> Token:
    """What a relative clause tells of: in “Acme and Bolt, which makes racks” or “…, whose racks sell” only Bolt."""
    opening = clause.doc[clause.left_edge.i : clause.i]
    pronoun = next((t for t in opening if t.tag_ in ("WDT", "WP", "WP$")), None)
    verbs = [clause, *(c for c in clause.children if c.dep_ in ("aux", "auxpass"))]
    single = pronoun is not None and pronoun.dep_ in _SUBJECT and any(t.tag_ == "VBZ" for t in verbs)
    if pronoun is None or not (single or pronoun.tag_ == "WP$"):
        return clause.head
    chain = [t for t in coordinated(clause.head) if t.i < pronoun.i]
    return max(chain, key=lambda t: t.i, default=clause.head)


def _place(child: Token, out: Slots) -> None:
    dep = child.dep_
    if (
        child.lower_ in _RELATIVE
        and child.tag_ in ("WDT", "WP", "IN")
        and dep in _SUBJECT | _PASSIVE_SUBJECT | {"dobj"}
    ):
        return
    if dep in _SUBJECT:
        out["subj"].append(child)
    elif dep in _PASSIVE_SUBJECT:
        out["obj"].append(child)
    elif dep == "agent":
        out["subj"].extend(c for c in child.children if c.dep_ in ("pobj", "pcomp"))
    elif dep == "dobj":
        out["obj"].append(child)
    elif dep == "prt":  # “take on Acme”, with Acme hung on the particle
        out["obj"].extend(c for c in child.children if c.dep_ == "pobj")
    elif dep == "dative":
        heads = [child, *(c for c in child.children if c.dep_ == "conj" and c.pos_ == "ADP")]  # “to Acme and to Bolt”
        nouns = [c for h in heads for c in h.children if c.dep_ == "pobj"] if child.pos_ == "ADP" else [child]
        out["dative"].extend(nouns)
        if child.pos_ == "ADP":
            out[child.lower_].extend(nouns)
    elif dep in ("attr", "oprd", "acomp"):
        out["attr"].append(child)
    elif dep == "prep" and child.lower_ not in _NO_ARGUMENT:
        _preposition(child, out)
    elif dep in ("npadvmod", "advmod") and child.pos_ in ("NOUN", "PROPN", "NUM"):
        out["adv"].append(child)
    elif dep == "advmod" and child.lower_ not in _NO_ARGUMENT:
        _behind_adverb(child, out)


def _preposition(prep: Token, out: Slots) -> None:
    """File the objects of a preposition, and of one nested in it (“out of”, “from among”)."""
    for child in prep.children:
        if child.dep_ in ("pobj", "pcomp"):
            out[prep.lower_].append(child)
        elif child.dep_ == "prep" or (child.dep_ == "conj" and child.pos_ == "ADP"):  # “to Acme and to Bolt”
            _preposition(child, out)


def _behind_adverb(adverb: Token, out: Slots) -> None:
    """“up against Teradyne” is against; “ahead of Teradyne” is ahead, for an “of” alone says nothing."""
    for child in adverb.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            out[adverb.lower_].extend(c for c in child.children if c.dep_ == "pobj")
        elif child.dep_ == "prep":
            _preposition(child, out)


def _prepositions(noun: Token, out: Slots) -> None:
    """Prepositions that the parser hung on an object count for the verb too: “order chips from X”; “of” does not."""
    worth = [a for c in noun.children if c.lower_ == "worth" for a in (c, *c.children)]  # “orders worth $40m from Meta”
    made = [c for c in noun.children if c.dep_ == "acl" and c.lemma_ in _MADE]  # “ships racks built on Rubin to Meta”
    for child in (c for n in (noun, *worth, *made) for c in n.children):
        if child.dep_ == "prep" and child.lower_ != "of" and (child.head not in made or child.lower_ in ("to", "from")):
            found: Slots = defaultdict(list)
            _preposition(child, found)
            for name, tokens in found.items():
                out[name].extend(t for t in tokens if t not in out[name])


def _antecedent(verb: Token, passive: bool, out: Slots) -> None:
    """What a relative pronoun or a participle stands for: the noun that it hangs on."""
    if verb.dep_ == "relcl":
        pronoun = next(
            (t for t in verb.subtree if t.lower_ in _RELATIVE and t.tag_ in ("WDT", "WP", "IN") and t.i < verb.i), None
        )
        if pronoun is None:
            name = "obj" if out["subj"] or passive else "subj"
        elif pronoun.dep_ == "pobj" and pronoun.head.dep_ == "prep":
            name = pronoun.head.lower_
        elif pronoun.dep_ in _SUBJECT:
            name = "subj"
        elif pronoun.dep_ in _PASSIVE_SUBJECT or out["subj"]:
            name = "obj"
        else:
            name = "subj"
        bare = next((c for c in verb.children if c.dep_ == "prep" and c.i > verb.i and not [*c.children]), None)
        if name == "obj" and bare is not None:
            name = bare.lower_  # “firms that it has invested in”
        if not out[name] or name not in ("subj", "obj"):
            out[name].append(told_of(verb))
    elif verb.dep_ in ("xcomp", "conj"):
        _antecedent_of_preposition(verb, out)
    elif verb.dep_ == "acl" and verb.head.pos_ in ("NOUN", "PROPN", "PRON"):
        name = "obj" if verb.tag_ == "VBN" else "subj"
        if verb.tag_ in ("VBN", "VBG") and not out[name]:
            out[name].append(verb.head)


def _antecedent_of_preposition(verb: Token, out: Slots) -> None:
    """“a laboratory in which Microsoft is to invest”, “which makes X and in which Amazon has invested”."""
    top, before = verb, -1
    while top.dep_ in ("xcomp", "conj") and top.head.pos_ in ("VERB", "AUX"):
        before = top.head.i if top.dep_ == "conj" else before
        top = top.head
    if top.dep_ != "relcl":
        return
    for token in top.doc[max(before, top.left_edge.i) : verb.i]:
        if token.tag_ in ("WDT", "WP") and token.dep_ == "pobj" and token.head.dep_ == "prep":
            out[token.head.lower_].append(top.head)


def _inherit(verb: Token, passive: bool, out: Slots) -> None:
    """A verb without a subject of its own takes that of the verb that governs it (or, by its nature, that verb's
    object).
    """
    head = verb.head
    if head == verb or verb.dep_ not in (
        "conj",
        "xcomp",
        "advcl",
        "pcomp",
        "ccomp",
        "acl",
        "acomp",
        "parataxis",
        "dep",
    ):
        return
    if verb.dep_ == "acl" and verb.tag_ not in ("VB", "VBG"):
        return
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and head.dep_ == "amod":
        return
    if verb.dep_ in ("ccomp", "parataxis") and verb.tag_ not in ("VB", "VBG", "VBN"):
        return
    while head.pos_ in ("ADP", "SCONJ", "ADJ") and head.head != head:
        head = head.head
    if head.pos_ in ("NOUN", "PROPN", "NUM"):
        # “a plan to build …”: whoever has the plan
        head = head.head
        while head.pos_ not in ("VERB", "AUX") and head.head != head:
            head = head.head
    if head.pos_ not in ("VERB", "AUX") or head == verb:
        return
    theirs = slots(head)
    source = _controller(verb, head, theirs)
    name = "obj" if passive else "subj"
    out[name].extend(t for t in source if t not in out[name] and t != verb)
    if verb.dep_ == "conj" and not out["obj"] and not passive and not is_passive(head) and verb.tag_ != "VBG":
        shared = [t for t in theirs.get("obj", []) if t.i > verb.i]
        out["obj"].extend(shared)


def _controller(verb: Token, head: Token, theirs: Slots) -> list[Token]:
    """Who of the arguments of the verb above does what a verb without a subject says."""
    from_doing = verb.dep_ == "pcomp" and verb.head.lower_ == "from"  # “barred Acme from selling chips”
    if verb.tag_ == "VB" and head.lemma_.lower() in _RELYING and theirs.get("on"):
        return theirs["on"]
    told = from_doing or (verb.dep_ == "xcomp" and head.lemma_.lower() in _OBJECT_CONTROL) or is_passive(head)
    return theirs["obj"] if told and theirs.get("obj") else theirs.get("subj", [])


def coordinated(token: Token) -> list[Token]:
    """A token and what is coordinated after it: “Nvidia, AMD and Intel” → all three."""
    out, queue = [token], list(token.children)
    while queue:
        child = queue.pop(0)
        if child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "X", "ADJ", "SYM"):
            out.append(child)
            queue.extend(child.children)
    return out


def possessors(noun: Token) -> list[Token]:
    """Who has it: “Nvidia's revenue”, “its revenue”, “the revenue of Nvidia”."""
    out = [c for c in noun.children if c.dep_ == "poss"]
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            out.extend(c for c in child.children if c.dep_ == "pobj")
    return out
