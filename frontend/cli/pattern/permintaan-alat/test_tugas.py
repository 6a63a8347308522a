"""The measurement: is the slip for the store filled as a careful clerk fills it?

Answer wanted: {"bidang": unit or null, "barang": [{"nama": thing, "jumlah": number}], "hari": day or null}. An answer
of any other shape fails the case: every metric then counts at its worst.
"""

MOST_THINGS = 50
SHAPE = 'Jawaban harus / the answer must be {"bidang": "umum", "barang": [{"nama": "map", "jumlah": 2}], "hari": null}.'


def test_bon(prototype, case, record):
    answer = prototype(case.input)
    given = things(answer)
    wanted = {(thing["nama"], thing["jumlah"]) for thing in case.expected["barang"]}
    # Weighted with all things given and wanted, the mean over the cases is the F1 over all things.
    total = len(given) + len(wanted)
    record("f1_barang", 2 * len(given & wanted) / total if total else 1.0, weight=total)
    right_unit = answer.get("bidang") == case.expected["bidang"]
    record("bidang_tepat", float(right_unit))
    right_day = answer.get("hari") == case.expected["hari"]
    record("siap_pakai", float(given == wanted and right_unit and right_day))
    # The first line of an assert is shown to the team for public cases, never for hidden ones.
    assert right_unit, f"bidang seharusnya / should be: {case.expected['bidang']}"
    assert given == wanted, f"barang seharusnya / things should be: {sorted(wanted)}"
    assert right_day, f"hari seharusnya / the day should be: {case.expected['hari']}"


def things(answer):
    """The things of an answer as a set of (name, number). Raises AssertionError for another shape."""
    assert isinstance(answer, dict) and isinstance(answer.get("barang"), list), SHAPE
    assert len(answer["barang"]) <= MOST_THINGS, f"Paling banyak {MOST_THINGS} barang. / At most {MOST_THINGS} things."
    found = set()
    for thing in answer["barang"]:
        assert isinstance(thing, dict), SHAPE
        name, number = thing.get("nama"), thing.get("jumlah")
        assert isinstance(name, str) and type(number) is int, SHAPE
        found.add((name, number))
    return found
