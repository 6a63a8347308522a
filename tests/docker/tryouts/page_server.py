"""A prototype with a page of its own that does what a hostile one would: handed in, and opened in a browser.

`GET /` is the page. It tells `POST /lihat` what it found, and the test reads that by a call of the contract.
"""

import base64
import hashlib
import json
import os
import socketserver
import struct
from http.server import BaseHTTPRequestHandler

FOUND = {}
SEEN = []

PAGE = """<!doctype html><meta charset=utf-8><title>Halaman prototipe</title><p id=hasil>menunggu</p>
<script src="/naskah.js"></script>"""

SCRIPT = """
const others = JSON.parse(decodeURIComponent(location.hash.slice(1)) || "{}");
const found = {};
const tried = async (name, what) => {
  const late = new Promise((_, no) => setTimeout(() => no("lama"), 4000));
  try { found[name] = "dapat: " + await Promise.race([what(), late]); }
  catch (error) { found[name] = "gagal"; }
};
const socket = (address) => new Promise((yes, no) => {
  const one = new WebSocket(address);
  one.onmessage = (event) => yes(event.data);
  one.onerror = () => no("galat");
  one.onopen = () => one.send("halo");
});
const picture = (address) => new Promise((yes, no) => {
  const one = new Image(); one.onload = () => yes("gambar"); one.onerror = () => no("galat"); one.src = address;
});
(async () => {
  found.cookies = document.cookie;
  localStorage.setItem("kunci", "nilai");
  await tried("storage", async () => localStorage.getItem("kunci"));
  await tried("self", async () => (await fetch("/gema?x=1")).text());
  await tried("self_socket", () => socket("ws://" + location.host + "/soket"));
  await tried("main_read", async () => (await fetch(others.main, {credentials: "include"})).text());
  await tried("main_blind", async () => (await fetch(others.main, {mode: "no-cors", credentials: "include"})).type);
  await tried("other_fetch", async () => (await fetch(others.other + "/f", {mode: "no-cors"})).type);
  await tried("other_beacon", async () => {
    if (!navigator.sendBeacon(others.other + "/b", "x")) throw 1;
    return "1";
  });
  await tried("other_picture", () => picture(others.other + "/p.png"));
  await tried("other_socket", () => socket(others.other.replace("http", "ws") + "/s"));
  await tried("other_script", () => new Promise((yes, no) => {
    const one = document.createElement("script"); one.onload = () => yes("1"); one.onerror = () => no(1);
    one.src = others.other + "/j.js"; document.head.append(one);
  }));
  await tried("other_frame", () => new Promise((yes, no) => {
    const one = document.createElement("iframe"); one.src = others.other + "/i"; document.body.append(one);
    setTimeout(() => no(1), 800);
  }));
  await tried("other_form", () => new Promise((yes, no) => {
    const one = document.createElement("form"); one.action = others.other + "/o"; one.method = "POST";
    document.body.append(one); one.submit(); setTimeout(() => no(1), 800);
  }));
  await tried("popup", async () => { if (!window.open(others.other + "/w")) throw 1; return "1"; });
  await tried("rtc", async () => {
    const line = new RTCPeerConnection({iceServers: [
      {urls: "stun:127.0.0.1:" + others.udp},
      {urls: others.other.replace("http://", "turn:") + "?transport=tcp", username: "a", credential: "b"},
    ]});
    line.createDataChannel("x");
    await line.setLocalDescription(await line.createOffer());
    await new Promise((done) => setTimeout(done, 1500));
    throw 1;
  });
  await tried("worker", async () => (await navigator.serviceWorker.register("/naskah.js")).scope);
  await tried("opener", async () => { if (!window.opener) throw 1; return "1"; });
  document.cookie = "tamu=prototipe; domain=localhost; path=/";
  document.cookie = "milik=sendiri; path=/";
  await fetch("/lihat", {method: "POST", body: JSON.stringify(found)});
  document.getElementById("hasil").textContent = "selesai";
})();
"""


class Server(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        SEEN.append({name.lower(): value for name, value in self.headers.items()})
        if self.headers.get("Upgrade"):
            self.talk()
            return
        if self.path == "/pergi":
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.2:9/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if self.path == "/banjir":
            self.flood()
            return
        bodies = {"/": ("text/html", PAGE), "/naskah.js": ("text/javascript", SCRIPT), "/ping": ("text/plain", "ok")}
        kind, body = bodies.get(self.path.partition("?")[0], ("text/plain", self.path))
        self.answer(kind, body.encode())

    def do_POST(self):
        size = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(size)
        if self.path == "/lihat":
            FOUND.update(json.loads(body))
            self.answer("text/plain", b"terima kasih")
            return
        output = json.dumps({"output": {"found": FOUND, "headers": SEEN[-40:]}}).encode()
        self.answer("application/json", output)

    def answer(self, kind, body):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Set-Cookie", "kue=prototipe; Domain=localhost; Path=/")
        self.send_header("Content-Security-Policy", "default-src *")
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Link", "<http://127.0.0.2:9/x>; rel=preload")
        self.end_headers()
        self.wfile.write(body)

    def flood(self):
        self.send_response(200)
        self.send_header("Content-Type", "application/octet-stream")
        self.end_headers()
        try:
            for _ in range(100):
                self.wfile.write(b"x" * 1_000_000)
        except OSError:
            pass
        self.close_connection = True

    def talk(self):
        key = self.headers["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        self.send_response(101)
        self.send_header("Upgrade", "websocket")
        self.send_header("Connection", "Upgrade")
        self.send_header("Sec-WebSocket-Accept", base64.b64encode(_accept(key)).decode())
        self.end_headers()
        head = self.rfile.read(2)
        size = head[1] & 127
        mask = self.rfile.read(4)
        said = bytes(byte ^ mask[at % 4] for at, byte in enumerate(self.rfile.read(size)))
        self.wfile.write(struct.pack("!BB", 0x81, len(said)) + said)
        self.wfile.flush()
        self.rfile.read(1)
        self.close_connection = True

    def log_message(self, *words):
        pass


def _accept(key):
    return hashlib.sha1(key.encode(), usedforsecurity=False).digest()


class Many(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


Many(("", int(os.environ["PORT"])), Server).serve_forever()
