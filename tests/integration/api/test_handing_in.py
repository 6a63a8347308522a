"""Handing in by the API: whole, cut off, damaged, twice, refused, too late."""

import hashlib
import socket
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest

from tests.integration.api.conftest import Served, archive

MIB = 1 << 20


def announce(http: httpx.Client, data: bytes, **more: object) -> httpx.Response:
    body = {"filename": "siti.zip", "size": len(data), "sha256": hashlib.sha256(data).hexdigest(), **more}
    return http.post("/uploads", json=body)


def send(http: httpx.Client, upload: dict[str, object], number: int, data: bytes, **headers: str) -> httpx.Response:
    return http.put(f"/uploads/{upload['id']}/parts/{number}", content=data, headers=headers)


def test_a_file_of_two_parts_becomes_a_submission(served: Served) -> None:
    data = archive(filler=9 * MIB)
    with served.http("Ayu") as http:
        upload = announce(http, data).json()
        assert (upload["state"], upload["missing"], upload["parts"]) == ("registered", [1, 2], [])
        size = upload["part_bytes"]
        # The second part first: order is the client's business.
        assert send(http, upload, 2, data[size:]).json()["number"] == 2
        early = http.post(f"/uploads/{upload['id']}/complete")
        assert (early.status_code, early.json()["error"]["code"]) == (409, "parts_missing")
        assert send(http, upload, 1, data[:size]).status_code == 200
        done = http.post(f"/uploads/{upload['id']}/complete")
        again = http.post(f"/uploads/{upload['id']}/complete")
    assert done.status_code == 201
    receipt = done.json()
    assert receipt["sha256"] == hashlib.sha256(data).hexdigest()
    assert (receipt["team"], receipt["kit"], receipt["size"]) == ("Kawan Lapor", "python", len(data))
    assert again.json() == receipt


def test_the_same_announcement_resumes(served: Served) -> None:
    data = archive(filler=9 * MIB)
    with served.http("Ayu") as http:
        first = announce(http, data).json()
        send(http, first, 1, data[: first["part_bytes"]])
        second = announce(http, data).json()
        assert (second["id"], second["missing"]) == (first["id"], [2])
        assert http.get(f"/uploads/{first['id']}").json() == second


def test_bytes_that_were_handed_in_before_are_told_before_they_are_charged(served: Served) -> None:
    data = archive()
    with served.http("Bima") as http:
        upload = announce(http, data, track="perizinan").json()
        assert upload["same_as"] is None
        send(http, upload, 1, data)
        made = http.post(f"/uploads/{upload['id']}/complete").json()
        again = announce(http, data, track="perizinan").json()
        assert (again["same_as"], again["missing"]) == (made["number"], [1])
        assert http.get(f"/uploads/{again['id']}").json()["same_as"] == made["number"]
        # Another track is another entry.
        assert announce(http, data, track="layanan-publik").json()["same_as"] is None


def test_an_upload_that_nobody_wants_is_cancelled_and_a_submission_is_not(served: Served) -> None:
    data = archive()
    with served.http("Ayu") as http, served.http("Citra") as stranger:
        upload = announce(http, data).json()
        send(http, upload, 1, data)
        assert stranger.delete(f"/uploads/{upload['id']}").status_code == 403
        for _ in range(2):
            assert http.delete(f"/uploads/{upload['id']}").status_code == 204
        assert send(http, upload, 1, data).json()["error"]["code"] == "upload_expired"
        again = announce(http, data).json()
        assert (again["id"] != upload["id"], again["missing"]) == (True, [1])
        send(http, again, 1, data)
        http.post(f"/uploads/{again['id']}/complete")
        kept = http.delete(f"/uploads/{again['id']}")
        assert (kept.status_code, kept.json()["error"]["code"]) == (409, "upload_completed")
        assert http.delete(f"/uploads/{uuid4()}").status_code == 404


def test_a_connection_cut_in_the_middle_stores_nothing(served: Served) -> None:
    data = archive(filler=2 * MIB)
    with served.http("Ayu") as http:
        upload = announce(http, data).json()
        address = urlsplit(served.url)
        with socket.create_connection((address.hostname, address.port)) as line:
            head = (
                f"PUT /api/v1/uploads/{upload['id']}/parts/1 HTTP/1.1\r\nHost: x\r\n"
                f"Authorization: Bearer {served.tokens['Ayu']}\r\nContent-Length: {len(data)}\r\n\r\n"
            )
            line.sendall(head.encode() + data[: len(data) // 2])
        assert http.get(f"/uploads/{upload['id']}").json()["missing"] == [1]
        assert send(http, upload, 1, data).status_code == 200


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        (lambda data: data + b"x", 413, "part_too_large"),
        (lambda data: data[:-1], 422, "part_incomplete"),
        (lambda data: b"", 422, "part_incomplete"),
        (lambda data: b"x" + data[1:], 422, "part_hash_mismatch"),
    ],
)
def test_a_damaged_part_is_refused(change: object, status: int, code: str, served: Served) -> None:
    data = archive()
    assert callable(change)
    with served.http("Ayu") as http:
        upload = announce(http, data).json()
        answer = send(http, upload, 1, change(data), **{"X-Content-SHA256": hashlib.sha256(data).hexdigest()})
        assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
        assert http.get(f"/uploads/{upload['id']}").json()["missing"] == [1]


def test_a_part_needs_a_length(served: Served) -> None:
    data = archive()
    with served.http("Ayu") as http:
        upload = announce(http, data).json()
        answer = http.put(f"/uploads/{upload['id']}/parts/1", content=iter([data]))
        assert (answer.status_code, answer.json()["error"]["code"]) == (411, "length_needed")


def test_a_part_that_is_not_of_this_file_is_refused(served: Served) -> None:
    data = archive()
    with served.http("Ayu") as http:
        upload = announce(http, data).json()
        for number in (0, 2, 10**12):
            answer = send(http, upload, number, data)
            assert (answer.status_code, answer.json()["error"]["code"]) == (422, "part_unknown")


def test_other_bytes_than_announced_are_noticed(served: Served) -> None:
    data, other = archive(), archive()
    with served.http("Ayu") as http:
        upload = announce(http, data, size=len(other)).json()
        assert send(http, upload, 1, other).status_code == 200
        answer = http.post(f"/uploads/{upload['id']}/complete")
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "hash_mismatch")


def test_a_refused_archive_names_the_entry_and_costs_nothing(served: Served) -> None:
    data = archive(files={"app.py": "", "../keluar.txt": "x"})
    good = archive()
    with served.http("Eko") as http:
        upload = announce(http, data).json()
        send(http, upload, 1, data)
        answer = http.post(f"/uploads/{upload['id']}/complete")
        error = answer.json()["error"]
        assert (answer.status_code, error["code"]) == (422, "archive_refused")
        assert error["entry"] == "../keluar.txt"
        assert error["rule"]
        # One attempt a day, and it is still there; after it there is none.
        upload = announce(http, good).json()
        send(http, upload, 1, good)
        receipt = http.post(f"/uploads/{upload['id']}/complete").json()
        assert (receipt["attempts_used"], receipt["attempts_allowed"]) == (1, 1)
        used = announce(http, archive())
    assert (used.status_code, used.json()["error"]["code"]) == (422, "attempts_used")


def test_after_the_deadline_nothing_is_announced(served: Served) -> None:
    with served.http("Fajar") as http:
        answer = announce(http, archive())
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "phase_closed")


def test_several_entries_want_a_choice(served: Served) -> None:
    with served.http("Bima") as http:
        unclear = announce(http, archive())
        clear = announce(http, archive(), track="perizinan")
        wrong = announce(http, archive(), track="tidak-ada")
    assert (unclear.status_code, unclear.json()["error"]["code"]) == (409, "entry_unclear")
    assert "asn-2026/perizinan" in unclear.json()["error"]["message"]["en"]
    assert clear.status_code == 201
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (404, "entry_unknown")


def test_without_a_team_there_is_nothing_to_hand_in_to(served: Served) -> None:
    with served.http("Citra") as http:
        answer = announce(http, archive())
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "entry_unknown")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b'{"filename": "a.zip"}',
        b'{"filename": "a.zip", "size": 9, "sha256": "x", "lain": 1}',
        b'{"filename": "a.zip", "size": 1e300, "sha256": "x"}',
    ],
)
def test_a_body_that_cannot_be_read_is_400(body: bytes, served: Served) -> None:
    with served.http("Ayu") as http:
        answer = http.post("/uploads", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad_request")


@pytest.mark.parametrize(
    ("more", "status", "code"),
    [
        ({"size": 0}, 422, "size_invalid"),
        ({"size": -1}, 422, "size_invalid"),
        ({"size": 101 * 1000 * 1000}, 413, "too_large"),
        ({"size": 2**63}, 413, "too_large"),
        ({"sha256": "x" * 64}, 422, "sha256_invalid"),
        ({"sha256": ""}, 422, "sha256_invalid"),
        ({"filename": ""}, 201, None),
        ({"filename": "\u0000/\u202e" + "a" * 3000}, 201, None),
    ],
)
def test_odd_announcements(more: dict[str, object], status: int, code: str | None, served: Served) -> None:
    with served.http("Ayu") as http:
        answer = announce(http, archive(), **more)
    assert answer.status_code == status
    assert code is None or answer.json()["error"]["code"] == code


def test_a_huge_json_body_is_not_read(served: Served) -> None:
    with served.http("Ayu") as http:
        answer = http.post("/uploads", content=b'{"filename": "' + b"a" * MIB + b'"}')
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")


def test_a_team_sees_only_its_own(served: Served) -> None:
    data = archive()
    with served.http("Ayu") as http:
        upload = announce(http, data).json()
        send(http, upload, 1, data)
        receipt = http.post(f"/uploads/{upload['id']}/complete").json()
        own = http.get(f"/submissions/{receipt['submission']}").json()
        listed = http.get(f"/entries/{receipt['entry']}/submissions").json()["submissions"]
        log = http.get(f"/submissions/{receipt['submission']}/log")
    assert own["number"] == receipt["number"]
    assert not own["finished"]
    assert [step["name"] for step in own["steps"]] == ["received", "queued", "build", "test", "done"]
    assert own["steps"][1]["cause"]["en"].startswith("No test machine is active yet")
    assert own["place"] is not None
    assert own["place"] >= 1
    assert listed[0]["id"] == receipt["submission"]
    assert (log.status_code, log.text, log.headers["X-Log-Complete"]) == (200, "", "false")
    assert log.headers["Content-Type"] == "text/plain; charset=utf-8"
    private = [
        f"/uploads/{upload['id']}",
        f"/submissions/{receipt['submission']}",
        f"/submissions/{receipt['submission']}/log",
        f"/entries/{receipt['entry']}/submissions",
    ]
    with served.http("Bima") as other, served.http("Dewi") as organizer, served.http() as nobody:
        for path in private:
            assert other.get(path).status_code == 403, path
            assert organizer.get(path).status_code == 200, path
            assert nobody.get(path).status_code == 401, path
        assert other.put(f"{private[0]}/parts/1", content=data).status_code == 403
        assert other.post(f"{private[0]}/complete").status_code == 403
        assert other.get(f"/submissions/{uuid4()}").status_code == 404


def test_a_bad_log_offset_is_400(served: Served) -> None:
    with served.http("Ayu") as http:
        for offset in ("-1", "x", "9" * 30):
            assert http.get(f"/submissions/{uuid4()}/log", params={"offset": offset}).status_code == 400
