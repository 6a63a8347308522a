"""The task `layanan-publik`: its handbooks and conversations, and how replies are measured."""

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sandbox.grader.contract import Call, Mapped, request_body
from sandbox.model import Case
from sandbox.scoring import TaskScore
from sandbox.task_probes import FAULTS, known_answers
from sandbox.tasks import Task
from tests.benchmark import Answer, as_cases, grade_here, probe, run_case

SLUG = "layanan-publik"
ACTS = ("jawab", "tanya", "tolak", "teruskan")
CALL = Call(SLUG, "invocations", Mapped(), case_seconds=3.0, answer_bytes=100_000, json_depth=64)


@pytest.fixture(scope="module")
def match(modules: Callable[[str], Any]) -> Any:
    return modules("fakta_match")


@pytest.fixture(scope="module")
def grade(task: Task, test: Callable[..., None]) -> Callable[[tuple[Case, ...], Answer], TaskScore]:
    return lambda cases, answer: grade_here(task, test, cases, answer)


def turns(case: Case) -> list[dict[str, Any]]:
    """The perfect answers to all turns, with what each is tested for."""
    answers = [*case.expected["giliran"], case.expected]
    return [{**one, **tested} for one, tested in zip(answers, case.expected["uji"], strict=True)]


def each_turn(*sets: tuple[Case, ...]) -> Iterator[tuple[Case, dict[str, Any]]]:
    for cases in sets:
        for case in cases:
            assert len(turns(case)) == len(case.input["percakapan"])
            for answer in turns(case):
                yield case, answer


class TestCases:
    def test_what_is_answered_stands_in_the_article_that_is_cited(
        self, match: Any, public: tuple[Case, ...], hidden: tuple[Case, ...]
    ) -> None:
        for case, answer in each_turn(public, hidden):
            held = {one["pasal"]: match.plain(one["isi"]) for one in case.input["panduan"]}
            assert len(held) == len(case.input["panduan"])
            text = " ".join(held[name] for name in answer["rujukan"])
            for fact in answer["fakta"]:
                if fact["jenis"] in match.READ:
                    assert fact["nilai"][0] in match.READ[fact["jenis"]](text), (case.id, fact, text)
                else:
                    assert any(match.has(text, name) for name in fact["nilai"]), (case.id, fact, text)

    def test_acts_fit_what_stands_beside_them(self, public: tuple[Case, ...], hidden: tuple[Case, ...]) -> None:
        for case, answer in each_turn(public, hidden):
            act = answer["tindakan"]
            assert bool(answer["fakta"]) == (act == "jawab"), case.id
            assert bool(answer["rujukan"]) == (act in ("jawab", "tanya")), case.id
            agencies = {one["nama"] for one in case.input["instansi"]}
            assert (answer["instansi"] in agencies) == (act == "teruskan"), case.id
            assert (answer["kategori"] in case.input["kategori"]) == (act == "teruskan"), case.id
            assert len(answer["jawaban"].split()) <= 60

    def test_a_question_that_comes_again_has_the_same_facts(
        self, public: tuple[Case, ...], hidden: tuple[Case, ...]
    ) -> None:
        again = [(case, one) for case, one in each_turn(public, hidden) if one["ulang"] is not None]
        assert len(again) > 100
        for case, one in again:
            before = turns(case)[one["ulang"]]
            assert (before["fakta"], before["rujukan"]) == (one["fakta"], one["rujukan"]), case.id

    def test_all_there_is_to_do_comes_up(self, public: tuple[Case, ...], hidden: tuple[Case, ...]) -> None:
        for cases in (public, hidden):
            acts = Counter(answer["tindakan"] for _, answer in each_turn(cases))
            assert all(acts[act] >= 0.05 * acts.total() for act in ACTS), acts
            assert sum(any(one["ingat"] for one in turns(case)) for case in cases) > 0.5 * len(cases)

    def test_handbooks_tempt_with_other_figures(self, match: Any, hidden: tuple[Case, ...]) -> None:
        """Whoever quotes a whole article says, more often than not, a second figure of the same kind."""
        both = []
        for case, answer in each_turn(hidden):
            held = {one["pasal"]: match.plain(one["isi"]) for one in case.input["panduan"]}
            text = " ".join(held[name] for name in answer["rujukan"])
            both += [
                len(match.READ[fact["jenis"]](text)) > 1 for fact in answer["fakta"] if fact["jenis"] in match.READ
            ]
        assert sum(both) / len(both) > 0.6

    def test_other_words_keep_the_handbook(
        self,
        task: Task,
        modules: Callable[[str], Any],
        hidden: tuple[Case, ...],
        grade: Callable[..., TaskScore],
        tmp_path: Path,
    ) -> None:
        rows = []
        for case in hidden[:40]:
            other, expected = modules("vary").vary(case.input, case.expected, random.Random(case.id))
            assert {key: value for key, value in other.items() if key != "percakapan"} == {
                key: value for key, value in case.input.items() if key != "percakapan"
            }
            rows.append({"id": case.id, "input": other, "expected": expected})
        varied = as_cases(rows)
        assert sum(one.input != other.input for one, other in zip(varied, hidden, strict=False)) > 35
        known = probe(tmp_path / "varied", known_answers(varied), task.folder / FAULTS)
        assert grade(varied, known).score == 100.0


FEE = {"jenis": "uang", "nilai": [25_000], "salah": []}
ODD_FEE = {"jenis": "uang", "nilai": [12_500], "salah": []}
LARGE_FEE = {"jenis": "uang", "nilai": [1_200_000], "salah": []}
FREE = {"jenis": "uang", "nilai": [0], "salah": []}
WAIT = {"jenis": "lama", "nilai": ["3 hari"], "salah": []}
HOURS = [{"jenis": "jam", "nilai": [one], "salah": []} for one in ("08:00", "14:30")]
PLACE = {"jenis": "kata", "nilai": ["gedung B lantai 2"], "salah": ["loket 3"]}
PAPER = {"jenis": "kata", "nilai": ["kartu keluarga", "kk"], "salah": ["surat kuasa"]}


class TestFacts:
    @pytest.mark.parametrize(
        ("facts", "said", "kept"),
        [
            ([FEE], "Biayanya Rp25.000.", [True]),
            ([FEE], "Biayanya Rp 25.000,00 saja.", [True]),
            ([FEE], "bayar 25 ribu ya", [True]),
            ([FEE], "dua puluh lima ribu rupiah", [True]),
            ([FEE], "Rp25.000 (dua puluh lima ribu rupiah)", [True]),
            ([FEE], "25rb", [True]),
            ([ODD_FEE], "dua belas ribu lima ratus rupiah", [True]),
            ([ODD_FEE], "Rp12.500,- (dua belas ribu lima ratus rupiah)", [True]),
            ([LARGE_FEE], "satu juta dua ratus ribu rupiah, yaitu Rp1,2 juta", [True]),
            ([FEE], "Rp25.000 bagi warga, Rp40.000 bagi yang lain.", [False]),
            ([FEE], "Rp125.000.", [False]),
            ([FEE], "Rp25.000 tanpa biaya tambahan.", [True]),
            ([FEE], "25.000", [False]),
            ([FREE], "Tidak dipungut biaya.", [True]),
            ([FREE], "Gratis, bukan Rp5.000.", [False]),
            ([WAIT], "Selesai tiga hari kerja bagi yang berumur 17 tahun ke atas.", [True]),
            ([WAIT], "paling lama 3 (tiga) hari kerja", [True]),
            ([WAIT], "3 x 24 jam", [True]),
            ([WAIT], "3 sampai 5 hari", [False]),
            ([WAIT], "13 hari", [False]),
            (HOURS, "Pukul 08.00–14.30.", [True, True]),
            (HOURS, "dari jam 8 pagi sampai 14:30", [True, True]),
            (HOURS, "08.00 sampai 14.30, Jumat 08.00 sampai 11.00", [False, False]),
            ([PAPER], "Bawa fotokopi KK.", [True]),
            ([PAPER], "Bawa Kartu Keluarga dan surat kuasa.", [False]),
            ([PLACE], "Silakan ke Gedung B, lantai dua.", [True]),
            ([PLACE], "Gedung B lantai 2, bukan loket nomor 3.", [False]),
            ([FEE, WAIT, PAPER], "Rp25.000, 3 hari, bawa KK.", [True, True, True]),
            ([FEE, WAIT], "Rp25.000, 4 hari.", [True, False]),
        ],
    )
    def test_a_fact_is_said_alone_in_any_form(
        self, match: Any, facts: list[dict[str, Any]], said: str, kept: list[bool]
    ) -> None:
        assert match.right(facts, match.heard(facts, said)) == kept

    def test_a_week_is_seven_days(self, match: Any) -> None:
        assert match.waits(match.plain("seminggu atau dua pekan")) == {"7 hari", "14 hari"}


class TestMeasurement:
    def test_tricks_earn_little(self, hidden: tuple[Case, ...], grade: Callable[..., TaskScore]) -> None:
        def answer(given: Any, text: str, act: str, cited: list[str]) -> dict[str, Any]:
            return {"jawaban": text, "rujukan": cited, "tindakan": act, "instansi": None, "kategori": None}

        def pasted(given: Any) -> dict[str, Any]:
            names = [one["pasal"] for one in given["panduan"]]
            return answer(given, " ".join(one["isi"] for one in given["panduan"])[:4000], "jawab", names)

        def papers(given: Any) -> dict[str, Any]:
            listed = "KTP, KK, pasfoto, surat pengantar RT, PBB, denah, foto lokasi, rekening, NPWP, ijazah, proposal"
            return answer(given, listed, "jawab", [])

        def never(given: Any) -> dict[str, Any]:
            return answer(given, "Maaf, tidak ada di panduan.", "tolak", [])

        def asks(given: Any) -> dict[str, Any]:
            return answer(given, "Boleh kami tahu lebih banyak?", "tanya", [])

        for trick in (pasted, papers, never, asks):
            scored = grade(hidden, trick)
            assert scored.score < 2, trick.__name__
            assert scored.metrics["tolak"].value == scored.metrics["tanya"].value == 0

    def test_the_prototype_hears_its_own_replies(self, test: Callable[..., None], public: tuple[Case, ...]) -> None:
        heard: list[Any] = []

        def speaks(given: Any) -> dict[str, Any]:
            heard.append(given)
            # Half a surrogate pair comes through JSON, and must not break the next request.
            return {"jawaban": f"jawaban {len(heard)} \ud83d", "rujukan": [], "tindakan": "jawab"}

        case = public[0]
        run_case(test, case, speaks)
        assert len(heard) == len(case.input["percakapan"]) == 4
        last = heard[-1]["percakapan"]
        assert [turn["isi"] for turn in last[1::2]] == ["jawaban 1 ?", "jawaban 2 ?", "jawaban 3 ?"]
        assert last[::2] == case.input["percakapan"]
        assert json.loads(request_body(CALL, heard[-1]))["input"] == heard[-1]

    @pytest.mark.parametrize(("words", "said"), [(60, 1.0), (61, 0.0)])
    def test_a_long_reply_says_no_facts(
        self, test: Callable[..., None], public: tuple[Case, ...], words: int, said: float
    ) -> None:
        last = public[10]
        turn = last.input["percakapan"][-1:]
        case = Case(
            "x", {**last.input, "percakapan": turn}, {**last.expected, "giliran": [], "uji": last.expected["uji"][-1:]}
        )
        text = last.expected["jawaban"].split()
        reply = {**last.expected, "jawaban": " ".join([*text, *["ya"] * (words - len(text))])}
        assert run_case(test, case, lambda given: reply).metrics["fakta"].value == said

    @pytest.mark.parametrize(
        "answer",
        [
            {},
            {"jawaban": " ", "tindakan": "jawab"},
            {"jawaban": "ya", "tindakan": "entah"},
            {"jawaban": "ya", "tindakan": ["jawab"]},
            {"jawaban": "ya", "tindakan": "jawab", "rujukan": "K-3"},
            {"jawaban": "a" * 4001, "tindakan": "jawab"},
            {"jawaban": "ya", "tindakan": "jawab", "rujukan": ["x"] * 51},
        ],
    )
    def test_another_shape_fails_the_case(
        self, test: Callable[..., None], public: tuple[Case, ...], answer: dict[str, Any]
    ) -> None:
        result = run_case(test, public[0], lambda given: answer)
        assert (result.passed, dict(result.metrics)) == (False, {})

    def test_odd_parts_are_wrong_and_nothing_else(self, test: Callable[..., None], public: tuple[Case, ...]) -> None:
        odd = {"jawaban": "ya", "tindakan": "jawab", "rujukan": [1, None, {}], "instansi": ["x"], "kategori": 5}
        result = run_case(test, public[0], lambda given: odd)
        assert result.metrics["rujukan"].value == result.metrics["rute"].value == 0
