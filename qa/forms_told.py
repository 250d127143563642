"""The form that asks what a source says of somebody: “what does S say about X?”, “what did the analyst report?”"""

from __future__ import annotations

from dataclasses import replace

from qa.conditions import query
from qa.draft import Draft
from qa.phrases import AUXILIARIES
from qa.query import Node, Query
from qa.words import lemmas

_ABOUT = {*lemmas("about on of regarding concerning")}
_DETERMINERS = {*lemmas("the a an one")}
_ANYBODY = {*lemmas("people they source sources report reports medium media press paper papers")}
_NOBODY = {*lemmas("you we i it he she")}
_LONGEST = 5  # words of what a source is called


def told(draft: Draft) -> list[Query]:
    """What the graph has from the source that stands between the auxiliary and the verb of saying; of whom and what
    stands behind “about”, or of anything. What “sources” say is all there is about somebody.
    """
    at = draft.wh
    if at is None or draft.lemma(at) != "what" or draft.lemma(at + 1) not in AUXILIARIES:
        return []
    start = at + 2 + (draft.lemma(at + 2) in _DETERMINERS and not _source(draft, at + 2))
    says = next((i for i in range(start, start + _LONGEST) if _says(draft, i)), None)
    if says is None or says == start or any(draft.lemma(i) in AUXILIARIES | _NOBODY for i in range(start, says)):
        return []
    rest = draft.items[says + 1 :]
    about = bool(rest) and draft.lemma(says + 1) in _ABOUT
    if not about and any(item.text not in "?.!" for item in rest):
        return []
    nodes = draft.named(says)
    who = " ".join(item.text for item in draft.items[start:says])
    if {*lemmas(who)} <= _ANYBODY:
        return [Query("profile", owner=nodes[0])] if len(nodes) == 1 and len(rest) < 4 else []
    metrics = tuple(dict.fromkeys(s.name for item in rest for s in item.all("metric") if not s.weak))
    found = query("told", draft, set(range(says + 2)), nodes=nodes, metrics=metrics, options=nodes, about=())
    words = tuple(w for w in found.words if w not in _ABOUT) if not metrics else ()
    names = tuple(n for n in found.names if n not in who)
    return [replace(found, speaker=Node(label=who), voices=(), names=(), words=(*names, *words), soft=())]


def _source(draft: Draft, i: int) -> bool:
    return bool(draft.items[i].sense("speaker") or draft.items[i].name)


def _says(draft: Draft, i: int) -> bool:
    return i < len(draft.items) and draft.items[i].sense("say") is not None
