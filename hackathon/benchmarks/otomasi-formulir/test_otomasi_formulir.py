"""Otomasi formulir: fields of a form out of a letter or message.

Answer wanted: {"isian": {name: value or null}}. A name that is left out counts as null, a name nobody asked for as a
value that is wrong. An answer of any other shape fails the case: every metric then counts at its worst.
"""

from isian_match import STANDARD_FORM, in_form, is_empty, is_right


def test_formulir(prototype, case, record):
    answer = prototype(case.input)
    assert isinstance(answer, dict) and isinstance(answer.get("isian"), dict), (
        'Jawaban harus berbentuk / the answer must be {"isian": {nama: nilai atau null}}.'
    )
    grade = Grade(case.input["isian"], case.expected, answer["isian"])
    record("f1_isian", grade.f1, weight=grade.given + grade.present)
    record("bentuk_baku", grade.in_form / max(grade.typed, 1), weight=grade.typed)
    # Youden's J of the decision to answer; without absent fields there was nothing to abstain from.
    record("tidak_mengarang", grade.kept_empty + grade.filled - 1, weight=grade.absent if grade.present else 0)
    record("siap_pakai", float(not grade.faults))
    assert not grade.faults, "; ".join(grade.faults)


class Grade:
    """Counts over the fields of one form."""

    def __init__(self, fields, expected, answers):
        self.present = self.absent = self.given = self.right = self.typed = self.in_form = 0
        self.faults = []
        filled = invented = 0
        for field in fields:
            name, kind = field["nama"], field["tipe"]
            wanted, answer = expected["isian"][name], answers.get(name)
            answered = not is_empty(answer)
            self.given += answered
            if wanted is None:
                self.absent += 1
                invented += answered
                if answered:
                    self.faults.append(_fault(name, answer, None))
                continue
            self.present += 1
            filled += answered
            right = answered and is_right(kind, answer, wanted, expected.get("juga", {}).get(name, ()))
            formed = right and in_form(kind, answer, field.get("pilihan", ()))
            self.right += right
            if kind in STANDARD_FORM:
                self.typed += 1
                self.in_form += formed
            if not right:
                self.faults.append(_fault(name, answer, wanted))
            elif not formed:
                self.faults.append(f"{_fault(name, answer, wanted)} [bentuk/form]")
        extra = answers.keys() - {field["nama"] for field in fields}
        for name in sorted(name for name in extra if not is_empty(answers[name])):
            self.given += 1
            self.faults.append(f"{_short(name)} = {_short(answers[name])} (tidak diminta/not asked for)")
        self.filled = filled / max(self.present, 1)
        self.kept_empty = 1 - invented / max(self.absent, 1)

    @property
    def f1(self):
        """F1 of this form; weighted with `given + present`, the mean over forms is the micro F1 over all fields."""
        total = self.given + self.present
        return 2 * self.right / total if total else 1.0


def _fault(name, answer, wanted):
    return f"{name} = {_short(answer)} (benar/right: {_short(wanted)})"


def _short(value):
    # An answer may hold half a surrogate pair or line breaks; the message must travel as one line of UTF-8.
    text = "null" if value is None else " ".join(str(value).encode(errors="replace").decode().split())
    return text if len(text) <= 60 else text[:57] + "..."
