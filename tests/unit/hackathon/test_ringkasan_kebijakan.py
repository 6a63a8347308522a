"""The task `ringkasan-kebijakan`: its papers and facts, and how summaries are measured."""

import math
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.model import Case
from sandbox.tasks import Task
from tests.benchmark import grade_here, perfect, run_case

SLUG = "ringkasan-kebijakan"


@pytest.fixture(scope="module")
def rules(modules: Callable[[str], Any]) -> Any:
    return modules("test_ringkasan_kebijakan")


def test_every_fact_can_be_learnt_from_the_paper(
    rules: Any, public: tuple[Case, ...], hidden: tuple[Case, ...]
) -> None:
    for case in (*public, *hidden):
        paper = rules.sentences(case.input["naskah"])
        for fact in case.expected["fakta"]:
            assert any(rules.says(fact["nilai"], one) for one in paper), (case.id, fact["nilai"])


def test_papers_tempt_to_say_what_is_wrong(rules: Any, public: tuple[Case, ...], hidden: tuple[Case, ...]) -> None:
    for cases, share in ((public, 0.35), (hidden, 0.7)):
        facts = [(case, fact) for case in cases for fact in case.expected["fakta"]]
        tempting = sum(
            any(rules.has(rules.plain(case.input["naskah"]), wrong) for wrong in fact["salah"]) for case, fact in facts
        )
        assert tempting / len(facts) > share


def test_our_own_summaries_keep_to_the_paper(rules: Any, public: tuple[Case, ...], hidden: tuple[Case, ...]) -> None:
    for case in (*public, *hidden):
        wanted = case.expected["ringkasan"]
        assert rules.invented(wanted, case.input["naskah"]) == set(), case.id
        assert len(wanted.split()) <= case.input["batas_kata"] < len(case.input["naskah"].split()) * 0.6, case.id


SENTENCE = {"pokok": [["biaya", "anggaran"]], "nilai": [["Rp84 juta"]], "salah": ["Rp480 juta"]}


@pytest.mark.parametrize(
    ("said", "kept", "twisted"),
    [
        ("Biayanya Rp84 juta.", True, False),
        ("Anggaran sebesar RP84 JUTA disetujui.", True, False),
        ("Rp84 juta.", False, False),
        ("Biayanya Rp480 juta.", False, True),
        ("Biayanya Rp84,5 juta.", False, False),
        ("Biayanya Rp480 juta. Anggaran itu menjadi Rp84 juta.", True, True),
        ("Biayanya belum dihitung.", False, False),
    ],
)
def test_a_fact_is_kept_by_one_sentence(rules: Any, said: str, kept: bool, twisted: bool) -> None:
    spoken = rules.sentences(said)
    assert any(rules.keeps(SENTENCE, one) for one in spoken) is kept
    assert any(rules.twists(SENTENCE, one) for one in spoken) is twisted


def test_points_within_numbers_do_not_matter(rules: Any) -> None:
    fact = {"pokok": [["nama"]], "nilai": [["1.140"]], "salah": []}
    assert rules.keeps(fact, rules.plain("Ada 1140 nama ganda."))
    assert not rules.keeps(fact, rules.plain("Ada 11.140 nama ganda."))
    assert not rules.keeps(fact, rules.plain("Ada 1.1401 nama ganda."))


def test_a_summary_over_the_limit_fails(task: Task, rules: Any, public: tuple[Case, ...]) -> None:
    known = perfect(public)

    def wordy(given: Any) -> Any:
        text = known(given)["ringkasan"]
        return {"ringkasan": text + " lagi" * (given["batas_kata"] + 1 - len(text.split()))}

    assert grade_here(task, rules.test_ringkasan, public, wordy).score == 0.0


@given(st.none() | st.booleans() | st.integers() | st.floats() | st.lists(st.text()) | st.text() | st.text("Cs. \n1A"))
def test_hostile_answers_fail_a_case_and_nothing_else(rules: Any, public: tuple[Case, ...], said: Any) -> None:
    for answer in ({"ringkasan": said}, said, {}, {"ringkasan": "A" * 50_000}):
        found = run_case(rules.test_ringkasan, public[0], lambda given, answer=answer: answer)  # type: ignore[misc]
        assert all(0 <= one.value <= 1 and math.isfinite(one.weight) for one in found.metrics.values())
