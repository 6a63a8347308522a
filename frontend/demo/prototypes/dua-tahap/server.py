"""Server HTTP kecil menurut kontrak: GET /ping dan POST /invocations."""

import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import model

BOBOT = json.loads(Path("bobot.json").read_text(encoding="utf-8"))


class Layanan(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Tanpa ini setiap jawaban tertunda 40 milidetik.
    disable_nagle_algorithm = True

    def do_GET(self):
        self.balas(200, {"status": "ready"})

    def do_POST(self):
        permintaan = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.balas(200, {"output": {"isian": model.jawab(BOBOT, permintaan["input"])}})

    def balas(self, kode, isi):
        data = json.dumps(isi).encode()
        self.send_response(kode)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format, *args):
        pass


ThreadingHTTPServer(("", int(os.environ["PORT"])), Layanan).serve_forever()
