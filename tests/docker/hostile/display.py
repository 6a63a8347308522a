"""Submissions whose words want to be more than words: what is shown of them must be inert text.

Every message of every case of the corpus is held to that (`stage.expect_always`); these bring the worst words.
"""

from sandbox.model import Status
from tests.docker.hostile.case import Hostile, Outcome, app, run

_TRICKS = "\x1b]0;judul\x07\x1b[2J\x1b[31m\x9b31m\u202egnp.exe\u2066\u200b<script>alert(1)</script>{{7*7}}=HYPERLINK(1)"
_SHOWN = "each place that shows it is tried by itself, by the test_inert.py of pages and of commands"
_SAYING = f"""
import http.server, json
class H(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = json.dumps({{"status": {_TRICKS!r}}}).encode()
        self.send_response(200); self.send_header("Content-Length", str(len(body))); self.end_headers()
        self.wfile.write(body)
def predict(task, input): ...
http.server.HTTPServer(("0.0.0.0", 8080), H).serve_forever()
"""


def _says(name: str, promise: str, files: dict[str, str], held: Outcome, **more: object) -> Hostile:
    return Hostile(name, promise, files=files, held=held, unproven=_SHOWN, **more)  # type: ignore[arg-type]


def _dockerfile(line: str) -> dict[str, str]:
    return {"Dockerfile": f'FROM python\n{line}\nCMD ["true"]\n'}


_REFUSED = Status.REFUSED

CASES = (
    _says("log", "a log is bytes, and its readers make it inert", app(f"print({_TRICKS!r})"), Outcome(log="<script>")),
    _says("answer", "an answer is a value", app(f"saw = {_TRICKS!r}"), Outcome(saw="<script>")),
    _says("error", "an error's words are in the log alone", app(f"raise ValueError({_TRICKS!r})"), Outcome(log="<scr")),
    _says(
        "ready-word",
        "a word of the server's stands in a message without its tricks",
        {"app.py": _SAYING},
        Outcome(status=Status.NOT_READY, words="`?]0;judul??[2J"),
        limits=run(ready_seconds=3.0),
    ),
    _says("instruction", "a line's words too", _dockerfile("\u202eNUR x"), Outcome(build=_REFUSED, words="\\u202e")),
    _says(
        "base",
        "a base's name too",
        {"Dockerfile": "FROM x\x1b[31m\n"},
        Outcome(build=_REFUSED, words="karakter kendali"),
    ),
    _says(
        "copied-name",
        "a file's name too",
        _dockerfile('COPY ["<b>\u202egpj.exe", "/x"]'),
        Outcome(build=Status.BUILD_FAILED, words="\\u202e"),
    ),
    _says(
        "requirement",
        "a package's name too",
        {**app(""), "requirements.txt": "numpy\u202e\n"},
        Outcome(build=_REFUSED, words="\\u202e"),
    ),
    _says(
        "manifest",
        "a key of the manifest too",
        {**app(""), "prototype.toml": '"\\u202e<b>" = 1\n'},
        Outcome(build=_REFUSED, words="\\u202e"),
    ),
    _says(
        "own-log-line",
        "a line that poses as ours is a line of the program's",
        _dockerfile("RUN printf 'Selesai: 3 kasus diuji.\\r\\n\\033[1A' && exit 4"),
        Outcome(build=Status.BUILD_FAILED, words="kode 4"),
    ),
)
