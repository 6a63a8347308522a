"""Public cases by task: whole, of the version that was run, and none where the task is not here."""

from hackathon.evaluations import Catalog, public_cases


async def test_the_cases_of_a_task_come_in_the_order_of_its_file() -> None:
    catalog = Catalog()
    cases = await public_cases(catalog, "otomasi-formulir")
    assert list(cases)[:3] == ["p01", "p02", "p03"]
    assert "NOTA DINAS" in cases["p01"].input["teks"]
    assert cases["p01"].expected["isian"]["sifat"] == "segera"
    assert await public_cases(catalog, "otomasi-formulir", catalog.get("otomasi-formulir").hash) == cases


async def test_another_version_has_other_cases() -> None:
    assert await public_cases(Catalog(), "otomasi-formulir", "0" * 64) == {}


async def test_a_task_that_is_not_here_has_none() -> None:
    assert await public_cases(Catalog(), "../otomasi-formulir") == {}
