from __future__ import annotations

import pytest

from graph.vocabulary import read_yaml, vocabulary
from qa.words import IRREGULAR, begins, lemma

FORMS = [
    ("succeed", "succeeds", "succeeded", "succeeding"),
    ("agree", "agrees", "agreed", "agreeing"),
    ("oversee", "oversees", "oversaw", "overseen", "overseeing"),
    ("vie", "vies", "vied", "vying"),
    ("supply", "supplies", "supplied", "supplying"),
    ("drive", "drives", "drove", "driven", "driving"),
    ("withdraw", "withdraws", "withdrew", "withdrawn"),
    ("found", "founds", "founded", "founding"),
    ("find", "finds", "finding"),
]


@pytest.mark.parametrize("forms", FORMS, ids=[forms[0] for forms in FORMS])
def test_all_forms_of_a_word_have_one_stem(forms: tuple[str, ...]) -> None:
    assert len({lemma(form) for form in forms}) == 1


def test_words_that_only_look_alike_are_kept_apart() -> None:
    assert len({lemma(word) for word in ("found", "find", "fund")}) == 3


def test_auxiliaries_are_their_own_stems() -> None:
    words = ("will", "shall", "would", "some", "which")
    assert tuple(map(lemma, words)) == words


def test_the_verbs_of_the_vocabulary_are_known_in_the_third_person() -> None:
    asked = [verb for r in vocabulary().relations.values() for verb in (*r.ask_subject, *r.ask_passive)]
    verbs = {verb.split()[0] for verb in asked} - {"be", "go"}
    third = {
        verb: f"{verb[:-1]}ies" if verb.endswith("y") and verb[-2] not in "aeiou" else f"{verb}s" for verb in verbs
    }
    assert [verb for verb, form in third.items() if lemma(verb) != lemma(form)] == []


def test_no_form_is_listed_under_two_words() -> None:
    forms = [form for of in read_yaml("qa", "irregular.yaml").values() for form in of]
    assert len(forms) == len(set(forms))


def test_how_a_word_begins_holds_for_all_its_forms() -> None:
    assert [form for form in IRREGULAR if not form.startswith(begins(lemma(form)))] == []
