"""The same conversation in other words: what the citizen writes is varied, the handbook is not."""

from sandbox.grader.variation import vary_text


def vary(case_input, expected, rng):
    turns = [{**turn, "isi": vary_text(turn["isi"], rng)} for turn in case_input["percakapan"]]
    return {**case_input, "percakapan": turns}, expected
