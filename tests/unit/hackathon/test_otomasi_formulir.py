"""The task `otomasi-formulir`: its cases, its generator, its measurement, and the figures it states."""

import datetime as dt
import hashlib
import importlib
import importlib.util
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hackathon import benchmarks
from sandbox.model import Case, CaseSet
from sandbox.scoring import TaskScore
from sandbox.tasks import Task, load_public_cases
from tests.benchmark import Answer, as_cases, grade_here, load_app, modules_of, perfect, run_case

FOLDER = benchmarks.folder() / "otomasi-formulir"
SEEDS = [hashlib.sha256(name.encode()).digest() for name in ("Ambon", "Bitung", "Cilacap", "Dumai", "Ende")]
MONTHS = (
    *("januari", "februari", "maret", "april", "mei", "juni"),
    *("juli", "agustus", "september", "oktober", "november", "desember"),
)
DAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")


@pytest.fixture(scope="module")
def task() -> Task:
    return benchmarks.load("otomasi-formulir")


@pytest.fixture(scope="module")
def public(task: Task) -> tuple[Case, ...]:
    return load_public_cases(task)


@pytest.fixture(scope="module")
def modules() -> Iterator[Callable[[str], Any]]:
    with modules_of(FOLDER) as load:
        yield load


@pytest.fixture(scope="module")
def hidden(modules: Callable[[str], Any]) -> list[dict[str, Any]]:
    generate = modules("generate").generate
    return [row for seed in SEEDS for row in generate(seed, 80)]


@pytest.fixture(scope="module")
def grade(task: Task, modules: Callable[[str], Any]) -> Callable[[tuple[Case, ...], Answer], TaskScore]:
    """Run the task's test on every case, in this process, and score what it recorded."""
    test = modules("test_otomasi_formulir").test_formulir

    return lambda cases, answer: grade_here(task, test, cases, answer)


class TestCases:
    def test_every_field_is_asked_in_public_with_and_without_an_answer_somewhere(
        self, public: tuple[Case, ...], modules: Callable[[str], Any]
    ) -> None:
        fields = modules("generate_fields").FIELDS
        answered = {name for case in public for name, value in case.expected["isian"].items() if value is not None}
        assert answered == fields.keys()
        assert len(public) >= 30
        assert all(None in case.expected["isian"].values() for case in public)

    def test_expected_values_have_the_form_they_ask_for(
        self, public: tuple[Case, ...], hidden: list[dict[str, Any]], modules: Callable[[str], Any]
    ) -> None:
        match = modules("isian_match")
        for case in (*public, *as_cases(hidden)):
            assert [field["nama"] for field in case.input["isian"]] == list(case.expected["isian"])
            for field in case.input["isian"]:
                value = case.expected["isian"][field["nama"]]
                assert value is None or match.in_form(field["tipe"], value, field.get("pilihan", ())), (case.id, field)
            assert case.expected.get("juga", {}).keys() <= case.expected["isian"].keys()

    def test_weekdays_and_dates_agree(self, public: tuple[Case, ...], hidden: list[dict[str, Any]]) -> None:
        pattern = re.compile(rf"(?i)\b({'|'.join(DAYS)}),? +(\d{{1,2}}) +({'|'.join(MONTHS)}) +(\d{{4}})")
        found = 0
        for case in (*public, *as_cases(hidden)):
            for day, number, month, year in pattern.findall(case.input["teks"]):
                date = dt.date(int(year), MONTHS.index(month.lower()) + 1, int(number))
                assert DAYS[date.weekday()] == day.lower(), (case.id, day, date)
                found += 1
        assert found > 20

    def test_no_number_can_be_real(self, public: tuple[Case, ...], hidden: list[dict[str, Any]]) -> None:
        for case in (*public, *as_cases(hidden)):
            for digits in re.findall(r"\d{10,}", re.sub(r"(?<=\d)[ -](?=\d)", "", case.input["teks"])):
                assert digits.startswith(("0000", "62000")), (case.id, digits)
            assert not re.search(r"@\w+\.(?!invalid)", case.input["teks"])

    def test_fields_come_in_no_telling_order(self, hidden: list[dict[str, Any]]) -> None:
        """Absent fields stand first, last and between: a constant rule by position gains nothing."""
        positions = [
            number / (len(row["input"]["isian"]) - 1)
            for row in hidden
            for number, value in enumerate(row["expected"]["isian"].values())
            if value is None
        ]
        assert 0.45 < sum(positions) / len(positions) < 0.55

    def test_one_case_in_five_is_counted_and_says_in_which_unit(
        self, public: tuple[Case, ...], hidden: list[dict[str, Any]], modules: Callable[[str], Any]
    ) -> None:
        units = modules("generate_fields").MENGHITUNG
        for cases, least, most in ((public, 7, 7), (as_cases(hidden), len(hidden) // 6, len(hidden) // 4)):
            counted = [
                case
                for case in cases
                if sum(name in units and value is not None for name, value in case.expected["isian"].items()) >= 2
            ]
            assert least <= len(counted) <= most
            for case in cases:
                for field in case.input["isian"]:
                    assert field.get("satuan") == units.get(field["nama"])

    def test_what_is_counted_agrees_with_the_rows(self, hidden: list[dict[str, Any]]) -> None:
        """Counted a second time, from the text alone, by the reference's reading."""
        with modules_of(FOLDER / "reference") as load:
            counted = load("hitung").answers
            found = 0
            for row in hidden:
                for name, value in counted(row["input"]["teks"]).items():
                    wanted = row["expected"]["isian"].get(name)
                    if wanted is not None:
                        assert value == wanted, (row["id"], name)
                        found += 1
            assert found > 200


class TestGenerator:
    def test_ids_are_unique_and_counts_hold(self, modules: Callable[[str], Any], task: Task) -> None:
        for count in (1, task.cases[CaseSet.BOARD], task.cases[CaseSet.FINAL]):
            assert len({row["id"] for row in modules("generate").generate(SEEDS[1], count)}) == count

    def test_what_is_expected_can_be_read_in_the_text(self, hidden: list[dict[str, Any]]) -> None:
        """Names, numbers and offices stand in the text word by word: noise never touches them."""
        for row in hidden:
            for field in row["input"]["isian"]:
                value = row["expected"]["isian"][field["nama"]]
                if value is not None and field["tipe"] in ("nama", "instansi", "nomor", "teks"):
                    assert value in row["input"]["teks"], row["id"]

    def test_absent_values_are_not_in_the_text(self, hidden: list[dict[str, Any]]) -> None:
        for row in hidden:
            for name, pattern in (
                ("telepon", r"(?<!\d)0000[ -]?[1-9]\d{3}[ -]?\d{4}(?!\d)"),
                ("nip", r"00000000 ?20\d{4}"),
                ("biaya", r"Rp|rupiah"),
            ):
                if row["expected"]["isian"].get(name, "") is None and not (name == "biaya" and "Rp" in str(row)):
                    assert not re.search(pattern, row["input"]["teks"]), (row["id"], name)


class TestMeasurement:
    def test_perfect_answers_are_100_on_every_metric(
        self, public: tuple[Case, ...], hidden: list[dict[str, Any]], grade: Callable[..., TaskScore]
    ) -> None:
        for cases in (public, as_cases(hidden)):
            scored = grade(cases, perfect(cases))
            assert scored.score == 100
            assert {metric.value for metric in scored.metrics.values()} == {1.0}

    @pytest.mark.parametrize("control", ["empty", "constant", "echo"])
    def test_controls_are_zero(
        self,
        control: str,
        public: tuple[Case, ...],
        hidden: list[dict[str, Any]],
        grade: Callable[..., TaskScore],
        modules: Callable[[str], Any],
    ) -> None:
        answer = load_app(FOLDER / "controls" / control)
        assert grade(public, answer).score == 0
        assert grade(as_cases(hidden), answer).score == 0

    def test_order_of_the_known_prototypes_holds_on_both_kinds_of_cases(
        self,
        public: tuple[Case, ...],
        hidden: list[dict[str, Any]],
        grade: Callable[..., TaskScore],
        modules: Callable[[str], Any],
    ) -> None:
        for cases in (public, as_cases(hidden)):
            starter = grade(cases, load_app(FOLDER / "starter")).score
            baseline = grade(cases, load_app(FOLDER / "baseline")).score
            assert 10 < starter < 35
            assert starter + 20 < baseline < 65
            assert baseline + 20 < grade(cases, load_app(FOLDER / "reference")).score < 90

    @pytest.mark.parametrize("name", ["f1_isian", "bentuk_baku", "tidak_mengarang", "siap_pakai"])
    def test_each_metric_moves_with_its_cause(
        self,
        name: str,
        public: tuple[Case, ...],
        grade: Callable[..., TaskScore],
        modules: Callable[[str], Any],
    ) -> None:
        spec = importlib.util.spec_from_file_location("faults", FOLDER / "controls" / "faults.py")
        assert spec is not None
        assert spec.loader is not None
        faults = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(faults)
        known = perfect(public)
        metrics = grade(public, lambda case_input: getattr(faults, name)(known(case_input), case_input)).metrics
        assert metrics[name].points < 70
        if name == "bentuk_baku":
            assert metrics["f1_isian"].points == 100
        if name == "tidak_mengarang":
            assert metrics["bentuk_baku"].points == 100

    def test_leaving_out_is_null_and_asking_more_is_invention(
        self, public: tuple[Case, ...], grade: Callable[..., TaskScore]
    ) -> None:
        known = perfect(public)

        def without_nulls(case_input: Mapping[str, Any]) -> dict[str, Any]:
            return {"isian": {k: v for k, v in known(case_input)["isian"].items() if v is not None}}

        def with_more(case_input: Mapping[str, Any]) -> dict[str, Any]:
            return {"isian": {**known(case_input)["isian"], "warna": "biru"}}

        assert grade(public, without_nulls).score == 100
        assert grade(public, with_more).metrics["f1_isian"].value < 1
        assert grade(public, with_more).metrics["siap_pakai"].value == 0

    @pytest.mark.parametrize("answer", [{}, {"isian": None}, {"isian": []}, {"isian": "a"}, [], None, "teks", 3])
    def test_a_malformed_answer_is_worst_with_a_reason(
        self, answer: Any, public: tuple[Case, ...], grade: Callable[..., TaskScore], modules: Callable[[str], Any]
    ) -> None:
        assert grade(public, lambda case_input: answer).score == 0
        with pytest.raises(AssertionError, match="Jawaban harus berbentuk"):
            modules("test_otomasi_formulir").test_formulir(lambda case_input: answer, public[0], lambda *_, **__: None)

    @given(
        value=st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=4)
    )
    def test_no_value_breaks_the_test(
        self, value: Any, public: tuple[Case, ...], modules: Callable[[str], Any]
    ) -> None:
        test = modules("test_otomasi_formulir").test_formulir
        case = public[3]
        answer = {"isian": {field["nama"]: value for field in case.input["isian"]}}
        result = run_case(test, case, lambda case_input: answer)
        assert not result.passed
        assert all(-1 <= measured.value <= 1 for measured in result.metrics.values())

    @pytest.mark.parametrize("value", ["9" * 5000, "Rp" + "1.000" * 5000, "1" * 5000 + " Maret 2026", "\ud800", "\x00"])
    def test_hostile_strings(self, value: str, public: tuple[Case, ...], modules: Callable[[str], Any]) -> None:
        answer = {"isian": {field["nama"]: value for field in public[10].input["isian"]} | {value: value}}
        with pytest.raises(AssertionError) as caught:
            modules("test_otomasi_formulir").test_formulir(lambda _: answer, public[10], lambda *_, **__: None)
        str(caught.value).encode()


class TestMatching:
    @pytest.mark.parametrize(
        ("kind", "expected", "answer", "right", "formed"),
        [
            ("tanggal", "2026-03-09", "2026-03-09", True, True),
            ("tanggal", "2026-03-09", "Senin, 9 Maret 2026", True, False),
            ("tanggal", "2026-03-09", "09/03/2026", True, False),
            ("tanggal", "2026-03-09", "2026-09-03", False, True),
            ("tanggal", "2026-03-09", "2026-02-30", False, False),
            ("tanggal", "2026-03-09", 20260309, False, False),
            ("jam", "09:00", "09:00", True, True),
            ("jam", "09:00", "pukul 9 WIB", True, False),
            ("jam", "09:00", "09.00", True, False),
            ("jam", "09:00", "25:00", False, False),
            ("rupiah", 2500000, 2500000, True, True),
            ("rupiah", 2500000, "Rp2.500.000,00", True, False),
            ("rupiah", 2500000, 2500000.0, True, False),
            ("rupiah", 2500000, "dua juta lima ratus ribu", False, False),
            ("bilangan", 1, True, False, False),
            ("bilangan", 5, "5 (lima) hari", False, False),
            ("bilangan", 5, "5 hari", True, False),
            ("angka", 72.5, 72.5, True, True),
            ("angka", 19.0, 19, True, True),
            ("angka", 3.2, 3.3, True, True),
            ("angka", 72.5, 72.7, False, True),
            ("angka", 72.5, "72,5 %", True, False),
            ("angka", 72.5, float("nan"), False, False),
            ("angka", 1.0, True, False, False),
            ("telepon", "000044112090", "0000-4411-2090", True, False),
            ("telepon", "000044112090", "+62 000 4411 2090", True, False),
            ("telepon", "000044112090", 44112090, True, False),
            ("nip", "000000002019039044", "00000000 201903 9 044", True, False),
            ("pilihan", "segera", "Segera", True, False),
            ("nama", "Wulan Kambuaya", "Ibu Dr. WULAN  KAMBUAYA, S.Sos., M.Si.", True, True),
            ("nama", "Wulan Kambuaya", "Wulan", False, True),
            ("nama", "Wulan Kambuaya", "Dr.", False, True),
            ("nomor", "005/431/BKD/2026", "005 / 431 / bkd / 2026.", True, True),
            ("nomor", "005/431/BKD/2026", "005/431/BKD/2025", False, True),
            ("instansi", "Dinas Sosial Kota Sagara", "DINAS SOSIAL, KOTA SAGARA", True, True),
            ("teks", "rapat koordinasi penempatan CPNS", "Rapat Koordinasi Penempatan CPNS.", True, True),
            ("teks", "rapat koordinasi penempatan CPNS", "rapat", False, True),
        ],
    )
    def test_content_is_fair_and_form_is_strict(
        self, kind: str, expected: Any, answer: Any, right: bool, formed: bool, modules: Callable[[str], Any]
    ) -> None:
        match = modules("isian_match")
        assert match.is_right(kind, answer, expected) is right
        assert match.in_form(kind, answer, ("biasa", "segera")) is formed


def test_an_unknown_slug_is_a_key_error() -> None:
    for slug in ("tidak-ada", "../otomasi-formulir", "", "."):
        with pytest.raises(KeyError):
            benchmarks.load(slug)
    assert "otomasi-formulir" in benchmarks.available()
