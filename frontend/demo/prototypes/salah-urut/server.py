"""Menjawab dari baris berlabel yang ada di kamus."""

import json
import os
import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

with open("kamus.json", encoding="utf-8") as berkas:
    KAMUS = json.load(berkas)


def jawab(masukan):
    hasil = {isian["nama"]: None for isian in masukan["isian"]}
    for label, isi in re.findall(r"(?m)^\s*([A-Za-z ]+?)\s*:\s*(.+)$", masukan["teks"]):
        nama = KAMUS.get(label.lower())
        if nama in hasil:
            hasil[nama] = isi.strip()
    return hasil


class Layanan(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        self.balas({"status": "ready"})

    def do_POST(self):
        permintaan = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.balas({"output": {"isian": jawab(permintaan["input"])}})

    def balas(self, isi):
        data = json.dumps(isi).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


ThreadingHTTPServer(("", int(os.environ["PORT"])), Layanan).serve_forever()
