"""What an event file says for its page: read whole, bounded, and its mistakes told with their lines."""

from datetime import UTC, datetime

import pytest

from hackathon.events import Content, EventInvalid, Source, parse_event
from sandbox.model import Text

EVENT = """\
slug = "asn-digital"
zone = "Asia/Jakarta"
title = { id = "Hackathon AI ASN Digital", en = "ASN Digital AI Hackathon" }
summary = { id = "Bangun alat bantu untuk pekerjaan kantor.", en = "Build tools for office work." }

[schedule]
registration_opens = 2026-11-20T08:00:00
building_opens = 2026-11-24T08:00:00
building_closes = 2026-11-26T17:00:00
judging_closes = 2026-11-27T17:00:00
objection_closes = 2026-11-30T17:00:00

[[venues]]
slug = "jayapura"
name = "Balai Kota Jayapura"
zone = "Asia/Jayapura"
address = "Jalan Mawar 1"

[[tracks]]
slug = "formulir"
title = { id = "Formulir", en = "Forms" }
summary = { id = "Mengisi formulir.", en = "Filling forms." }
tasks = [{ slug = "otomasi-formulir" }]

[[themes]]
title = { id = "Layanan", en = "Service" }
body = { id = "Lebih cepat.", en = "Faster." }

[[agenda]]
at = 2026-11-24T09:00:00
until = 2026-11-24T10:00:00
venue = "jayapura"
title = { id = "Pembukaan Jayapura", en = "Opening in Jayapura" }
body = { id = "Di aula.", en = "In the hall." }

[[agenda]]
at = 2026-11-24T06:30:00
title = { id = "Gladi bersih", en = "Rehearsal" }

[[terms]]
title = { id = "Karya sendiri", en = "Own work" }

[terms.body]
id = \"\"\"
Buatan tim
selama acara.

Pustaka terbuka boleh.
\"\"\"
en = "Made during the event."

[[criteria]]
title = { id = "Mutu", en = "Quality" }
body = { id = "Hasil uji.", en = "Test results." }
weight = 60
source = "measured"

[[criteria]]
title = { id = "Manfaat", en = "Use" }
body = { id = "Dinilai juri.", en = "Judged." }
weight = 40
source = "judges"

[[prizes]]
title = { id = "Juara I", en = "First" }
worth = { id = "Rp75 juta", en = "IDR 75 million" }
body = { id = "Dan piala.", en = "And a cup." }

[[partners]]
name = "Kota Sagara"
role = { id = "Tuan rumah", en = "Host" }
link = "https://sagara.invalid/"

[[faq]]
question = { id = "Harus bisa memrogram?", en = "Must I program?" }
answer = { id = "Tidak.", en = "No." }
"""


def test_the_whole_page() -> None:
    spec = parse_event(EVENT.encode())
    content = spec.content
    assert content.summary == Text("Bangun alat bantu untuk pekerjaan kantor.", "Build tools for office work.")
    assert spec.tracks[0].summary == Text("Mengisi formulir.", "Filling forms.")
    assert spec.venues[0].address == "Jalan Mawar 1"
    assert content.themes[0].body.en == "Faster."
    assert content.terms[0].body.id == "Buatan tim selama acara.\n\nPustaka terbuka boleh."
    assert (content.weight(Source.MEASURED), content.weight(Source.JUDGES)) == (60, 40)
    assert content.prizes[0].worth.en == "IDR 75 million"
    assert content.partners[0].link == "https://sagara.invalid/"
    assert content.faq[0].answer.id == "Tidak."


def test_the_agenda_is_sorted_and_in_the_time_of_its_venue() -> None:
    rehearsal, opening = parse_event(EVENT.encode()).content.agenda
    assert opening.at == datetime(2026, 11, 24, 0, 0, tzinfo=UTC)  # 09.00 WIT
    assert opening.until == datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
    assert rehearsal.at == datetime(2026, 11, 23, 23, 30, tzinfo=UTC)  # 06.30 WIB
    assert (rehearsal.title.en, opening.venue) == ("Rehearsal", "jayapura")


def test_an_event_may_say_nothing() -> None:
    bare = EVENT[: EVENT.index("[[themes]]")].replace(EVENT.splitlines()[3], "")
    assert parse_event(bare.encode()).content == Content()


OPENING = 'title = { id = "Pembukaan Jayapura", en = "Opening in Jayapura" }'
SUMMARY = EVENT.splitlines()[3]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (SUMMARY, 'summary = "Bangun."', "summary"),
        (SUMMARY, 'summary = { id = "Bangun." }', "en"),
        (SUMMARY, 'summary = { id = "", en = "x" }', "missing"),
        (SUMMARY, f'summary = {{ id = "{"x" * 601}", en = "x" }}', "601"),
        (SUMMARY, 'summary = { id = "a\\u0000b", en = "x" }', "cannot be seen"),
        (SUMMARY, 'ringkasan = { id = "x", en = "x" }', "ringkasan"),
        ('address = "Jalan Mawar 1"', f'address = "{"x" * 301}"', "301"),
        ('summary = { id = "Mengisi formulir.", en = "Filling forms." }', "summary = 7", "summary"),
        ('body = { id = "Lebih cepat.", en = "Faster." }', "", "body"),
        ('body = { id = "Lebih cepat.", en = "Faster." }', f'body = {{ id = "{"x" * 2001}", en = "y" }}', "2001"),
        ("at = 2026-11-24T09:00:00", 'at = "besok"', "at"),
        ("at = 2026-11-24T09:00:00", "at = 2026-11-24", "at"),
        ("until = 2026-11-24T10:00:00", "until = 2026-11-24T09:00:00", "later than"),
        ("until = 2026-11-24T10:00:00", "selesai = 2026-11-24T10:00:00", "selesai"),
        ('venue = "jayapura"', 'venue = "merauke"', "merauke"),
        (OPENING, f'title = {{ id = "{"x" * 201}", en = "y" }}', "201"),
        ("weight = 40", "weight = 30", "90, not 100"),
        ("weight = 40", "weight = -40", "weight"),
        ("weight = 40", "weight = nan", "weight"),
        ("weight = 40", 'weight = "banyak"', "weight"),
        ('source = "judges"', 'source = "undian"', "undian"),
        ('worth = { id = "Rp75 juta", en = "IDR 75 million" }', "worth = 75000000", "worth"),
        ('name = "Kota Sagara"', 'name = " "', "missing"),
        ('link = "https://sagara.invalid/"', 'link = "http://sagara.invalid/"', "https"),
        ('link = "https://sagara.invalid/"', 'link = "javascript:alert(1)"', "https"),
        ('link = "https://sagara.invalid/"', 'link = "https://"', "https"),
        ('link = "https://sagara.invalid/"', 'link = "https://bank.example@sagara.invalid/"', "https"),
        ('link = "https://sagara.invalid/"', 'link = "https://[x/"', "https"),
        ('link = "https://sagara.invalid/"', 'link = "https://sagara.invalid/ a"', "https"),
        ('link = "https://sagara.invalid/"', f'link = "https://sagara.invalid/{"x" * 300}"', "https"),
        ('answer = { id = "Tidak.", en = "No." }', 'jawab = { id = "Tidak.", en = "No." }', "jawab"),
    ],
)
def test_a_mistake_names_its_line_and_field(old: str, new: str, words: str) -> None:
    assert EVENT.count(old) == 1
    with pytest.raises(EventInvalid) as caught:
        parse_event(EVENT.replace(old, new).encode())
    assert words in caught.value.message.en
    at = EVENT[: EVENT.index(old)].count("\n") + 1
    # What is left out is told where its table begins.
    assert caught.value.line == (at if new else at - 2)


@pytest.mark.parametrize(
    ("table", "most"),
    [("themes", 12), ("agenda", 100), ("terms", 40), ("criteria", 20), ("prizes", 20), ("partners", 60), ("faq", 40)],
)
def test_lists_are_bounded(table: str, most: int) -> None:
    begin = EVENT.index(f"[[{table}]]")
    end = EVENT.find("\n[[", begin + 1)
    row = EVENT[begin : end + 1 if end > 0 else len(EVENT)]
    with pytest.raises(EventInvalid, match=f"{most}") as caught:
        parse_event((EVENT + ("\n" + row) * most).encode())
    assert table in caught.value.message.en


def test_all_texts_together_are_bounded() -> None:
    term = '\n[[terms]]\ntitle = { id = "x", en = "x" }\nbody = { id = "' + "x" * 1990 + '", en = "x" }\n'
    with pytest.raises(EventInvalid, match="40000"):
        parse_event((EVENT + term * 21).encode())
