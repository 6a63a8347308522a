"""One case: the answer is the input."""


def test_gema(prototype, case, record):
    answer = prototype(case.input)
    right = answer == case.expected
    record("accuracy", 1.0 if right else 0.0)
    assert right
