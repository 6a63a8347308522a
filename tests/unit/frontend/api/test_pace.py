from frontend.api.pace import MOST_CLIENTS, Pace


def test_a_burst_is_free_and_then_the_rate_holds() -> None:
    pace = Pace(rate=2.0, burst=3.0)
    assert [pace.wait("Ayu", 100.0) for _ in range(3)] == [0.0, 0.0, 0.0]
    assert pace.wait("Ayu", 100.0) == 0.5
    assert pace.wait("Bima", 100.0) == 0.0
    assert pace.wait("Ayu", 100.5) == 0.0
    assert pace.wait("Ayu", 100.5) == 0.5


def test_waiting_costs_nothing_more() -> None:
    pace = Pace(rate=1.0, burst=1.0)
    pace.wait("Ayu", 0.0)
    assert [pace.wait("Ayu", 0.5) for _ in range(10)] == [0.5] * 10
    assert pace.wait("Ayu", 1.0) == 0.0


def test_a_pause_fills_no_more_than_the_burst() -> None:
    pace = Pace(rate=1.0, burst=2.0)
    pace.wait("Ayu", 0.0)
    assert [pace.wait("Ayu", 1e6) for _ in range(3)] == [0.0, 0.0, 1.0]


def test_full_buckets_are_forgotten() -> None:
    pace = Pace(rate=1.0, burst=10.0)
    for number in range(MOST_CLIENTS):
        pace.wait(f"old-{number}", 0.0)
    pace.wait("new", 20.0)
    assert len(pace) == 1


def test_a_flood_of_made_up_clients_takes_no_memory() -> None:
    pace = Pace(rate=1.0, burst=10.0)
    for number in range(3 * MOST_CLIENTS):
        pace.wait(f"made-up-{number}", 0.0)
    assert len(pace) <= MOST_CLIENTS
