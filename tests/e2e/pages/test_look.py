"""The checks of pages find what they are there for: a page with every fault there is."""

from playwright.sync_api import Page

from tests.e2e.pages import look
from tests.e2e.pages.lens import Lens

BAD = """<!doctype html><html><head><title>x</title><style>
  .wide { width: 900px } .pale { color: #999; background: #aaa } .bare:focus { outline: none }
  .bar { position: fixed; inset: 0 0 auto 0; height: 400px; background: #fff; z-index: 9 }
  .tiny { width: 12px; height: 12px; padding: 0; border: 0 }
  @media (prefers-color-scheme: dark) { body { background: #222 } p { color: #333 } }
</style></head><body>
<div class="bar"></div>
<main><h1>Satu</h1><h1>Dua</h1>
<p id="a">Biasa</p><p id="a" class="pale">Pucat</p><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">
<a class="bare" href="#a">Tanpa bingkai</a> <button class="tiny"></button>
<div class="wide">lebar</div><div tabindex="0" style="margin-top:0">stop</div>
<button id="lost" tabindex="0">hilang</button></main>
<script>document.getElementById("lost").addEventListener("focus", (event) => event.target.blur())</script>
</body></html>"""


def bad(page: Page) -> Page:
    """The page, loaded."""
    page.route("**/buruk", lambda route: route.fulfill(body=BAD, content_type="text/html"))
    page.goto("/buruk")
    return page


def test_each_check_finds_its_faults(lens: Lens) -> None:
    with lens.context() as context:
        page = bad(context.new_page())
        head = look.head_faults(page, "id", 404)
        assert "lang is ''" in head
        assert "2 first headings" in head
        assert "id a stands 2 times" in head
        assert any("title" in fault for fault in head)
        assert any("inline" in fault for fault in head)
        axe = "\n".join(look.axe_faults(page))
        for rule in ("html-has-lang", "color-contrast", "image-alt", "button-name"):
            assert f"axe: {rule}" in axe
        assert any("tiny" in fault for fault in look.target_faults(page))
        keys = "\n".join(look.keyboard_faults(page))
        assert "focus is not seen on a “Tanpa bingkai”" in keys
        assert "focus is hidden on a “Tanpa bingkai”" in keys
        page.set_viewport_size(look.NARROW)
        (wide,) = look.width_faults(page)
        assert "div.wide" in wide


def test_dark_is_looked_at_too(lens: Lens) -> None:
    with lens.context() as context:
        page = bad(context.new_page())
        light = look.axe_faults(page, ["color-contrast"])
        page.emulate_media(color_scheme="dark")
        dark = look.axe_faults(page, ["color-contrast"])
        assert len(dark) > len(light)


def test_what_the_browser_complains_of_is_heard(lens: Lens) -> None:
    with lens.context() as context:
        page = context.new_page()
        complaints = look.Complaints()
        complaints.listen(page)
        page.goto("/")
        page.evaluate(
            """() => {
              const script = document.createElement("script");
              script.textContent = "1";
              document.body.append(script);
              document.body.setAttribute("style", "color: red");
              setTimeout(() => { throw new Error("patah") });
            }"""
        )
        page.wait_for_timeout(200)
    said = "\n".join(complaints.said)
    assert "script-src" in said
    assert "style-src" in said
    assert "patah" in said


def test_weight_is_weighed(lens: Lens) -> None:
    with lens.context() as context:
        page = context.new_page()
        scales = look.Scales(context.new_cdp_session(page))
        page.route("**/berat", lambda route: route.fulfill(body="<p>" + "berat " * 40_000, content_type="text/html"))
        page.goto("/")
        assert scales.faults == []
        assert scales.bytes > 20_000
        scales.bytes = look.HEAVIEST + 1
        assert scales.faults[0].startswith("weighs")
