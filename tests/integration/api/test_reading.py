"""Reading by the API: documents, tokens, events, boards, and who may see what."""

import pytest

from tests.integration.api.conftest import Served

PATHS = {
    "/api/v1/commits",
    "/api/v1/commits/{commit}",
    "/api/v1/events",
    "/api/v1/events/{event}",
    "/api/v1/events/{event}/tracks/{track}/leaderboard",
    "/api/v1/events/{event}/tracks/{track}/tasks",
    "/api/v1/me",
    "/api/v1/me/entries",
    "/api/v1/entries/{entry}/submissions",
    "/api/v1/submissions/{submission}",
    "/api/v1/submissions/{submission}/log",
    "/api/v1/uploads",
    "/api/v1/uploads/{upload}",
    "/api/v1/uploads/{upload}/parts/{number}",
    "/api/v1/uploads/{upload}/complete",
}


def test_the_document_names_every_address(served: Served) -> None:
    with served.http() as http:
        document = http.get("/openapi.json").json()
    assert set(document["paths"]) == PATHS
    assert document["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    for path, methods in document["paths"].items():
        for operation in methods.values():
            assert operation["description"], path


@pytest.mark.parametrize("header", ["", "Bearer", "bearer", "Basic Ym9i", "Bearer glg_" + "A" * 43, "Bearer é"])
def test_without_a_good_token_it_is_401(header: str, served: Served) -> None:
    with served.http() as http:
        answer = http.get("/me", headers=[(b"Authorization", header.encode("latin-1"))] if header else None)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.json()["error"]["code"] in ("token_missing", "token_invalid")
    assert answer.json()["error"]["message"].keys() == {"id", "en"}


@pytest.mark.parametrize("path", ["/nope", "/uploads/none", "/events/a/b/c/d", "/submissions/1/log"])
def test_an_unknown_address_is_told_as_json(path: str, served: Served) -> None:
    with served.http("Ayu") as http:
        answer = http.get(path)
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


def test_the_wrong_method_is_told_as_json(served: Served) -> None:
    with served.http("Ayu") as http:
        assert http.delete("/events").status_code in (404, 405)
        assert http.delete("/me").json()["error"]["code"] in ("not_found", "method_not_allowed")


def test_anybody_reads_events(served: Served) -> None:
    with served.http() as http:
        found = {event["slug"]: event for event in http.get("/events").json()["events"]}
        one = http.get("/events/asn-2026").json()
        missing = http.get("/events/tidak-ada")
    assert {"asn-2026", "sekali-2026", "lalu-2026"} <= found.keys()
    assert one == found["asn-2026"]
    assert (one["phase"], found["lalu-2026"]["phase"]) == ("building", "judging")
    assert [track["slug"] for track in one["tracks"]] == ["layanan-publik", "perizinan"]
    assert one["seeds"].keys() == {"board", "final"}
    assert (missing.status_code, missing.json()["error"]["code"]) == (404, "event_unknown")


def test_a_person_sees_itself_and_its_entries(served: Served) -> None:
    with served.client("Bima") as client:
        assert client.me().name == "Bima"
        assert [(one.team, one.track) for one in client.entries().entries] == [
            ("Satu Meja", "layanan-publik"),
            ("Satu Meja", "perizinan"),
        ]
    with served.client("Citra") as client:
        assert client.entries().entries == []
    with served.client("Dewi") as client:
        assert client.me().roles == ["organizer"]


def test_an_empty_board_is_a_board(served: Served) -> None:
    with served.client("Ayu") as client:
        board = client.leaderboard("asn-2026", "perizinan")
    assert (board.number, board.rows, board.frozen) == (0, [], False)
    with served.http() as http:
        missing = http.get("/events/asn-2026/tracks/tidak-ada/leaderboard")
    assert (missing.status_code, missing.json()["error"]["code"]) == (404, "track_unknown")


def test_who_asks_too_fast_is_told_when_to_come_back(served: Served) -> None:
    with served.http() as http:
        http.headers["Authorization"] = "Bearer glg_" + "Z" * 43
        answers = [http.get("/me") for _ in range(900)]
    slowed = [answer for answer in answers if answer.status_code == 429]
    assert slowed
    assert int(slowed[0].headers["Retry-After"]) >= 1
    assert slowed[0].json()["error"]["code"] == "too_many_requests"
    # Somebody else is not held up by that.
    with served.client("Ayu") as client:
        assert client.me().name == "Ayu"


def test_anybody_reads_the_tasks_of_a_track_and_follows_their_addresses(served: Served) -> None:
    with served.http() as http:
        body = http.get("/events/asn-2026/tracks/layanan-publik/tasks").json()
        (task,) = body["tasks"]
        public = http.get(f"{served.url}{task['public_cases']}")
        kit = http.get(f"{served.url}{task['starter_kit']}")
        missing = http.get("/events/asn-2026/tracks/tidak-ada/tasks")
    assert (body["event"], body["track"], task["slug"]) == ("asn-2026", "layanan-publik", "otomasi-formulir")
    assert task["cases"] == {"public": 44, "board": 40}
    assert task["limits"]["case_seconds"] == 3
    assert {metric["name"] for metric in task["metrics"]} >= {"f1_isian", "siap_pakai"}
    assert task["metrics"][0]["baseline"] == 0.579832
    assert task["input_schema"]["required"] == ["teks", "isian"]
    assert len(public.text.splitlines()) == 44
    assert kit.content.startswith(b"PK")
    assert (missing.status_code, missing.json()["error"]["code"]) == (404, "track_unknown")
