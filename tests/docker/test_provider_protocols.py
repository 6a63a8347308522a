"""Servers that exist already: mapped by `[http]`, or spoken to as chat models."""

from dataclasses import replace

from sandbox.conformance import Bench
from sandbox.model import Case, CaseSet, Protocol, Status
from sandbox.provider import Job

_DOCKERFILE = 'FROM gelanggang/python\nCOPY server.py /app/\nCMD ["python3", "-u", "/app/server.py"]\n'
_SERVER = """
import json, os, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

STARTED = time.monotonic()

class Handler(BaseHTTPRequestHandler):
    disable_nagle_algorithm = True

    def do_GET(self):
        if self.path == "{ready}":
            starting = time.monotonic() - STARTED < 0.5
            self.answer({{"status": "STARTING" if starting else "READY"}})
        else:
            self.send_error(404)

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.answer(self.respond(self.path, request, time.monotonic() - STARTED))

    def answer(self, value):
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def respond(self, path, request, age):
{respond}

ThreadingHTTPServer(("0.0.0.0", int(os.environ["PORT"])), Handler).serve_forever()
"""

_LOADING = """
import json, os, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

STARTED, asked = time.monotonic(), []

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        asked.append(self.path)
        self.answer(200 if time.monotonic() - STARTED > 2.0 else 503, {})

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(200, {"output": {"asked": len(asked)}})

    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

ThreadingHTTPServer(("0.0.0.0", int(os.environ["PORT"])), Handler).serve_forever()
"""


def test_a_mapped_server_is_called_as_it_wants(bench: Bench) -> None:
    server = _SERVER.format(
        ready="/health-check",
        respond="        return {'status': 'succeeded', 'output': {'path': path, 'request': request, 'age': age}}",
    )
    manifest = """
[http]
port = 5000
ready = "/health-check"
call = "/predictions"
request = '{"input": "$input", "tugas": ["$task"]}'
output = "/output"
"""
    build = bench.build({"Dockerfile": _DOCKERFILE, "server.py": server, "prototype.toml": manifest})
    assert build.image, build
    task = bench.task("def test_a(prototype, case):\n    prototype(case.input)\n")
    report = bench.evaluate(build.image, Job(task, CaseSet.PUBLIC, (Case("a", {"x": 1}),)))
    run = report.runs[0]
    assert run.status is Status.OK, (run, report.log)
    got = run.cases[0].got
    assert (got["path"], got["request"]) == ("/predictions", {"input": {"x": 1}, "tugas": ["gema"]})
    # It answered 200 with `STARTING` for half a second, and was not called then.
    assert got["age"] >= 0.5


def test_a_chat_model_is_called_as_one(bench: Bench) -> None:
    server = _SERVER.format(
        ready="/ping",
        respond=(
            "        said = f\"{path} {request['messages'][-1]['content']}\"\n"
            "        return {'choices': [{'message': {'role': 'assistant', 'content': said}}]}"
        ),
    )
    build = bench.build({"Dockerfile": _DOCKERFILE, "server.py": server})
    assert build.image, build
    task = replace(
        bench.task("def test_a(prototype, case):\n    assert prototype(case.input) == {'text': case.expected}\n"),
        protocol=Protocol.OPENAI_CHAT,
    )
    cases = (
        Case("text", {"pertanyaan": "halo"}, "/v1/chat/completions halo"),
        Case("messages", {"messages": [{"role": "user", "content": "hai"}]}, "/v1/chat/completions hai"),
        Case("both", {"a": 1, "b": "x"}, '/v1/chat/completions {"a": 1, "b": "x"}'),
    )
    run = bench.evaluate(build.image, Job(task, CaseSet.PUBLIC, cases)).runs[0]
    assert [case.passed for case in run.cases] == [True, True, True], run


def test_the_wrong_port_is_named(bench: Bench) -> None:
    server = _SERVER.format(ready="/ping", respond="        return {}").replace('int(os.environ["PORT"])', "5050")
    build = bench.build({"Dockerfile": _DOCKERFILE, "server.py": server})
    assert build.image, build
    limits = replace(bench.limits.run, ready_seconds=3.0)
    job = Job(bench.task(), CaseSet.PUBLIC, (Case("a", {"x": 1}),))
    run = bench.evaluate(build.image, job, run=limits).runs[0]
    assert run.status is Status.NOT_READY
    assert "5050" in run.message.id


def test_a_ready_path_that_is_missing_is_named(bench: Bench) -> None:
    server = _SERVER.format(ready="/siap", respond="        return {}")
    build = bench.build({"Dockerfile": _DOCKERFILE, "server.py": server})
    assert build.image, build
    job = Job(bench.task(), CaseSet.PUBLIC, (Case("a", {"x": 1}),))
    run = bench.evaluate(build.image, job, run=replace(bench.limits.run, ready_seconds=3.0)).runs[0]
    assert run.status is Status.NOT_READY
    assert "404" in run.message.id
    assert "/ping" in run.message.id


def test_a_start_command_that_is_not_there_is_told(bench: Bench) -> None:
    dockerfile = 'FROM gelanggang/python\nCMD ["/app/tidak-ada"]\n'
    build = bench.build({"Dockerfile": dockerfile, "README.md": "x"})
    assert build.image, build
    job = Job(bench.task(), CaseSet.PUBLIC, (Case("a", {"x": 1}),))
    run = bench.evaluate(build.image, job).runs[0]
    assert run.status is Status.CRASHED
    assert "CMD" in run.message.id


def test_a_server_that_is_not_ready_yet_is_asked_seldom(bench: Bench) -> None:
    """It may write each question into its log, which has an end."""
    build = bench.build({"Dockerfile": _DOCKERFILE, "server.py": _LOADING})
    assert build.image, build
    task = bench.task("def test_a(prototype, case):\n    prototype(case.input)\n")
    run = bench.evaluate(build.image, Job(task, CaseSet.PUBLIC, (Case("a", {"x": 1}),))).runs[0]
    assert run.status is Status.OK, run
    # Each 5 ms would be four hundred times in two seconds.
    assert 5 < run.cases[0].got["asked"] < 150, run
