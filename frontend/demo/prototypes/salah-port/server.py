"""Sama seperti di laptop kami: mendengarkan di port 5000."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Layanan(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        self.balas({"status": "ready"})

    def do_POST(self):
        masukan = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["input"]
        self.balas({"output": {"isian": {isian["nama"]: None for isian in masukan["isian"]}}})

    def balas(self, isi):
        data = json.dumps(isi).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


ThreadingHTTPServer(("127.0.0.1", 5000), Layanan).serve_forever()
