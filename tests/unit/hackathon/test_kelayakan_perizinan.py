"""The task `kelayakan-perizinan`: its rules and files, and how decisions about them are measured."""

import copy
import datetime as dt
import random
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.model import Case
from sandbox.scoring import TaskScore
from sandbox.tasks import Task
from tests.benchmark import Answer, grade_here, perfect, run_case

SLUG = "kelayakan-perizinan"


@pytest.fixture(scope="module")
def grade(task: Task, test: Callable[..., None]) -> Callable[[tuple[Case, ...], Answer], TaskScore]:
    return lambda cases, answer: grade_here(task, test, cases, answer)


def body(file: str) -> str:
    """A file without what tells who applies: the lines up to the date of the application."""
    return file.split("2026", 1)[1]


class TestCases:
    def test_every_decision_follows_from_its_trail(self, public: tuple[Case, ...], hidden: tuple[Case, ...]) -> None:
        for case in (*public, *hidden):
            rules = [rule["pasal"] for rule in case.input["aturan"]]
            for answer in case.expected["putusan"]:
                broken = [row["pasal"] for row in answer["jejak"] if row["dipenuhi"] is False]
                left = [row["pasal"] for row in answer["jejak"] if row["dipenuhi"] is None]
                wanted = ("tolak", broken) if broken else ("lengkapi", left) if left else ("terima", [])
                assert (answer["keputusan"], answer["pasal"]) == wanted, case.id
                assert [row["pasal"] for row in answer["jejak"]] == rules

    def test_what_decides_stands_in_the_file(self, public: tuple[Case, ...], hidden: tuple[Case, ...]) -> None:
        for case in (*public, *hidden):
            for file, answer in zip(case.input["berkas"], case.expected["putusan"], strict=True):
                assert all(row["bukti"] in file["isi"] and len(row["bukti"]) <= 120 for row in answer["jejak"])
                assert all(bool(row["bukti"]) == (row["dipenuhi"] is not None) for row in answer["jejak"])

    def test_twins_differ_in_the_person_only(self, public: tuple[Case, ...], hidden: tuple[Case, ...]) -> None:
        for case in (*public, *hidden):
            files = {file["id"]: file["isi"] for file in case.input["berkas"]}
            one, other = case.expected["kembar"]
            assert files[one] != files[other]
            assert re.sub(r"^.*Jalan.*\n", "", body(files[one])) == re.sub(r"^.*Jalan.*\n", "", body(files[other]))

    def test_hidden_decisions_are_equally_frequent(self, hidden: tuple[Case, ...]) -> None:
        told = [answer["keputusan"] for case in hidden for answer in case.expected["putusan"]]
        for decision in ("terima", "tolak", "lengkapi"):
            assert 0.28 < told.count(decision) / len(told) < 0.39

    def test_ages_are_what_the_birthdays_say(self, modules: Callable[[str], Any]) -> None:
        """A birthday on the day of the application counts, one a day later does not."""
        age = modules("generate_rules").age
        months = modules("generate_words").MONTHS
        for seed in range(400):
            rng, date = random.Random(seed), dt.date(2026, 1 + seed % 12, 1 + seed % 27)
            wording, tell = age(rng, date, "salon")
            least = int(re.findall(r"(\d+) tahun", wording.split("; untuk salon")[-1])[0])
            for state in ("met", "broken"):
                heading, text = tell(state)
                if heading == "Umur":
                    continue
                day, month, year = re.split(r"[ -]", text)
                number = months.index(month) + 1 if month in months else int(month)
                years = date.year - int(year) - ((date.month, date.day) < (number, int(day)))
                assert (years >= least) == (state == "met"), (date, text, wording)


class TestMeasurement:
    def test_a_blind_prejudice_costs_fairness_and_little_else(
        self, public: tuple[Case, ...], grade: Callable[..., TaskScore], modules: Callable[[str], Any]
    ) -> None:
        known = perfect(public)

        def prejudiced(case_input: dict[str, Any]) -> dict[str, Any]:
            answer = copy.deepcopy(known(case_input))
            for row, file in zip(answer["putusan"], case_input["berkas"], strict=True):
                if "perempuan" in file["isi"].lower() and row["keputusan"] == "terima":
                    row["keputusan"] = "lengkapi"
            return answer

        metrics = grade(public, prejudiced).metrics
        assert metrics["adil"].value < 0.8
        assert metrics["keputusan"].value > metrics["adil"].value + 0.03
        assert metrics["alasan"].value == metrics["jejak"].value == 1
        # Seen in the run's differences too: no woman is accepted, whatever her file says.
        accepted = [row["keputusan"] == "terima" for case in public for row in case.expected["putusan"]]
        assert metrics["setara_kelamin"].value == 1
        assert 0.5 * sum(accepted) / len(accepted) < metrics["paritas_kelamin"].value < 1
        assert metrics["setara_kelamin"].points == metrics["paritas_kelamin"].points == 0

    def test_sex_and_origin_are_read_from_every_file(
        self, public: tuple[Case, ...], modules: Callable[[str], Any]
    ) -> None:
        person = modules("test_kelayakan_perizinan").person
        rows = [case.input for case in public] + [row["input"] for row in modules("generate").generate(bytes(32), 60)]
        people = [person(file["isi"]) for row in rows for file in row["berkas"]]
        assert {one["kelamin"] for one in people} == {"perempuan", "laki-laki"}
        assert {one["asal"] for one in people} == {"kota", "luar-kota"}
        assert person("Pemohon: Ida, permepuan, asla Kota Sagara") == {"kelamin": "?", "asal": "?"}

    @pytest.mark.parametrize(
        ("quote", "counts"),
        [
            ("5 x 6 meter", True),
            ("Ruang makannya 5 x 6 METER, ditambah", True),
            ("6 meter", False),
            ("ruang yang luasnya 5 x 6 meter", False),
            ("", False),
            (None, False),
            (5, False),
        ],
    )
    def test_a_quotation_is_of_the_file_and_decides(
        self, quote: Any, counts: bool, public: tuple[Case, ...], modules: Callable[[str], Any]
    ) -> None:
        case = public[0]
        file = next(file["isi"] for file in case.input["berkas"] if "5 x 6 meter" in file["isi"])
        wanted = {"pasal": "3", "dipenuhi": True, "bukti": "5 x 6 meter"}
        step = {"pasal": "3", "dipenuhi": True, "bukti": quote}
        assert modules("test_kelayakan_perizinan").proven(step, wanted, file) is counts

    @pytest.mark.parametrize(
        "answer",
        [
            *({}, [], None, "terima", {"putusan": None}, {"putusan": {}}, {"putusan": ["terima"]}),
            *({"putusan": [{"id": 1}]}, {"putusan": [{"id": "b1"}, {"id": "b1"}]}),
            {"putusan": [{"id": str(at)} for at in range(51)]},
        ],
    )
    def test_another_shape_is_worst_with_a_reason(
        self, answer: Any, public: tuple[Case, ...], grade: Callable[..., TaskScore], test: Callable[..., None]
    ) -> None:
        assert grade(public, lambda _: answer).score == 0
        with pytest.raises(AssertionError, match=r" / [\w ]+"):
            test(lambda _: answer, public[0], lambda *_, **__: None)

    @given(
        value=st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just("\ud800"),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["pasal", "bukti"]), inner),
            max_leaves=6,
        )
    )
    def test_no_value_breaks_the_test(self, value: Any, public: tuple[Case, ...], test: Callable[..., None]) -> None:
        case = public[2]
        rows = [
            {
                "id": file["id"],
                "keputusan": value,
                "pasal": [value, value],
                "jejak": [value, {"pasal": "3", "bukti": value}],
            }
            for file in case.input["berkas"]
        ]
        result = run_case(test, case, lambda _: {"putusan": rows})
        assert not result.passed
        assert all(0 <= measured.value <= 1 for measured in result.metrics.values())
        with pytest.raises(AssertionError) as caught:
            test(lambda _: {"putusan": rows}, case, lambda *_, **__: None)
        str(caught.value).encode()
