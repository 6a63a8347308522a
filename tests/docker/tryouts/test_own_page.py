"""A prototype's own page in a real browser: it works, and nothing of ours or of anybody else is in its reach."""

import asyncio
import contextlib
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from playwright.async_api import async_playwright

from hackathon.tryouts.origin import Origin
from sandbox.conformance import Bench, samples
from sandbox.conformance.bench import LABEL
from sandbox.limits import Limits
from sandbox.provider import TryOut
from sandbox.tasks import Task, load_task

SERVER = Path(__file__).with_name("page_server.py")
DOCKERFILE = 'FROM python:3.11-slim\nWORKDIR /app\nCOPY server.py ./\nCMD ["python3", "server.py"]\n'
TOKEN = "abcdefghijklmnopqrstuvwxyz234567"
OTHER = "234567abcdefghijklmnopqrstuvwxyz"
CHROMIUM = "/usr/bin/chromium"


class Site(BaseHTTPRequestHandler):
    """Ours: signs in whoever comes, and notes who was sent what."""

    hits: list[tuple[str, str]]

    def do_GET(self) -> None:
        self.hits.append((self.path, self.headers.get("Cookie", "")))
        self.send_response(200)
        self.send_header("Set-Cookie", "gelanggang=rahasia-juri; Path=/; HttpOnly; SameSite=Lax")
        self.send_header("Set-Cookie", "formulir=rahasia-formulir; Path=/; SameSite=Lax")
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    do_POST = do_GET  # noqa: N815 - the base class's name

    def log_message(self, *words: object) -> None:
        pass


@contextmanager
def site() -> Iterator[tuple[int, list[tuple[str, str]]]]:
    hits: list[tuple[str, str]] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Own", (Site,), {"hits": hits}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1], hits
    server.shutdown()
    server.server_close()


async def told(tryout: TryOut, task: Task) -> tuple[dict[str, str], list[dict[str, str]]]:
    """What the page found and what the prototype saw, once the page is done."""
    async with asyncio.timeout(60):
        while True:
            said = await asyncio.to_thread(tryout.call, task, {"x": 1})
            assert said.output is not None, said
            if said.output["found"]:
                return said.output["found"], said.output["headers"]
            await asyncio.sleep(0.2)


async def test_a_page_of_a_prototype_works_and_reaches_nobody(bench: Bench, tmp_path: Path) -> None:
    build = bench.build({"Dockerfile": DOCKERFILE, "server.py": SERVER.read_text()})
    assert build.image is not None, build
    task = load_task(samples.write_task(tmp_path / "gema", "gema", samples.ECHO_TEST, samples.GENERATE))
    tryout = await asyncio.to_thread(bench.provider.try_out, build.image, limits=Limits(), seconds=120.0, label=LABEL)
    with tryout, site() as (main, main_hits), site() as (other, other_hits):
        assert tryout.ended is None
        touched: list[int] = []
        origin = Origin("127.0.0.1", 0)
        await origin.open()
        assert origin.address is not None
        origin.show(TOKEN, tryout, lambda: touched.append(1))
        address = origin.address.replace("{token}", TOKEN)
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        udp.bind(("127.0.0.1", 0))
        udp.setblocking(False)
        others = {
            "main": f"http://localhost:{main}/",
            "other": f"http://127.0.0.1:{other}",
            "udp": udp.getsockname()[1],
        }
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            context = await browser.new_context(locale="id-ID")
            ours = await context.new_page()
            await ours.goto(others["main"])
            page = await context.new_page()
            answer = await page.goto(f"{address}/#{quote(json.dumps(others))}")
            assert answer is not None
            found, headers = await told(tryout, task)
            # What it needs, it has.
            assert found["self"] == "dapat: /gema?x=1"
            assert found["self_socket"] == "dapat: halo"
            assert found["storage"] == "dapat: nilai"
            # What it must not have, it has not.
            assert found["cookies"] == "kue=prototipe"
            got = {name for name, what in found.items() if what.startswith("dapat")}
            assert got <= {"self", "self_socket", "storage", "other_beacon"}, found
            assert other_hits == []
            with pytest.raises(BlockingIOError):
                udp.recv(1)
            udp.close()
            assert [path for path, _ in main_hits if path != "/favicon.ico"] == ["/"]
            cookies = {one for seen in headers for one in seen.get("cookie", "").split("; ") if one}
            assert cookies <= {"kue=prototipe", "milik=sendiri"}
            assert not any("authorization" in seen or "referer" in seen for seen in headers)
            # Nor does anything of it come back to us.
            await ours.goto(others["main"])
            assert main_hits[-1][1].count("=") == 2, main_hits[-1]
            assert "rahasia-juri" in main_hits[-1][1]
            # It leads its own tab nowhere else.
            tab = await context.new_page()
            await tab.goto(f"{address}/gema")
            async with tab.expect_event("framenavigated"):
                await tab.evaluate("(address) => { location = address; }", f"{others['other']}/bawa?rahasia")
            assert tab.url.startswith("chrome-error:")
            assert other_hits == []
            # It is not shown in a frame of anybody else's page.
            await ours.evaluate(
                "(address) => new Promise((done) => { const one = document.createElement('iframe');"
                " one.onload = done; one.src = address; document.body.append(one); })",
                f"{address}/gema",
            )
            shown = await asyncio.gather(*(frame.content() for frame in ours.frames[1:]))
            assert not any("/gema" in content for content in shown)
            # Somewhere else it leads nobody by a redirect.
            away = await page.goto(f"{address}/pergi")
            assert away is not None
            assert away.status == 502
            assert "situs lain" in await page.content()
            # Once it is hidden, the same address says so.
            origin.hide(TOKEN)
            gone = await page.goto(f"{address}/")
            assert gone is not None
            assert gone.status == 410
            await browser.close()
        assert touched
        await origin.close()
    bench.expect_nothing_left()


async def test_nothing_that_a_prototype_sends_hurts_the_origin(bench: Bench) -> None:
    build = bench.build({"Dockerfile": DOCKERFILE, "server.py": SERVER.read_text()})
    assert build.image is not None, build
    tryout = await asyncio.to_thread(bench.provider.try_out, build.image, limits=Limits(), seconds=120.0, label=LABEL)
    with tryout:
        origin = Origin("127.0.0.1", 0)
        await origin.open()
        assert origin.address is not None
        origin.show(TOKEN, tryout, lambda: None)
        port = origin.address.rpartition(":")[2]
        base, host = f"http://127.0.0.1:{port}", f"{TOKEN}.localhost:{port}"
        async with httpx.AsyncClient(base_url=base, headers={"Host": host}, timeout=60) as client:
            flood = await client.get("/banjir")
            assert len(flood.content) == 100_000_000
            plain = await client.get("/", headers={"Authorization": "Bearer juri", "X-Forwarded-For": "10.1.2.3"})
            assert plain.status_code == 200
            assert "sandbox allow-scripts" in plain.headers["content-security-policy"]
            assert "access-control-allow-origin" not in plain.headers
            assert "link" not in plain.headers
            assert "domain" not in plain.headers["set-cookie"].lower()
            assert (await client.get("/", headers={"Host": f"{OTHER}.localhost:{port}"})).status_code == 410
            assert (await client.get("/", headers={"Host": "localhost"})).status_code == 410
            assert (await client.get("/naskah.js", headers={"Service-Worker": "script"})).status_code == 403
            cross = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}
            assert (await client.post("/lihat", headers=cross, content=b"{}")).status_code == 403
            # As many as a browser opens at once, and more than anybody should.
            answers = await asyncio.gather(*(client.get(f"/gema?{number}") for number in range(6)))
            assert {answer.status_code for answer in answers} == {200}
            answers = await asyncio.gather(*(client.get(f"/gema?{number}") for number in range(80)))
            assert {answer.status_code for answer in answers} <= {200, 502, 503}
            # A program that is gone is told of.
            await asyncio.to_thread(tryout.close)
            assert (await client.get("/")).status_code == 502
        for nonsense in (b"GET / HTTP/9\r\n\r\n", b"\x16\x03\x01" * 100, b"GET /" + b"a" * 200_000):
            reader, writer = await asyncio.open_connection("127.0.0.1", int(port))
            writer.write(nonsense)
            writer.write_eof()
            with contextlib.suppress(ConnectionResetError):
                await asyncio.wait_for(reader.read(), 30)
            writer.close()
        await origin.close()
    bench.expect_nothing_left()
