"""What is tried out: a real Streamlit application, one that talks, and one that misbehaves as it is told."""

STREAMLIT = {
    "prototype.toml": '[ui]\npath = "/"\n',
    "requirements.txt": "streamlit==1.67.0\n",
    "Dockerfile": """FROM python:3.11-slim
WORKDIR /app
COPY requirements.txt ./
RUN pip install -r requirements.txt
COPY server.py halaman.py ./
CMD ["python3", "server.py"]
""",
    "server.py": """import os
import uvicorn
from starlette.responses import JSONResponse
from starlette.routing import Route
from streamlit.starlette import App


async def ping(request):
    return JSONResponse({"status": "ready"})


async def invocations(request):
    isi = (await request.json())["input"]
    return JSONResponse({"output": {"sapaan": "Selamat pagi, " + isi["nama"]}})


app = App("halaman.py", routes=[Route("/ping", ping), Route("/invocations", invocations, methods=["POST"])])
uvicorn.run(app, port=int(os.environ["PORT"]))
""",
    "halaman.py": """import os
import streamlit as st

st.title("Sapa warga")
nama = st.text_input("Nama")
if st.button("Sapa"):
    st.session_state.kali = st.session_state.get("kali", 0) + 1
    st.write(f"Selamat pagi, {nama}, untuk ke-{st.session_state.kali}")
berkas = st.file_uploader("Surat")
if berkas is not None:
    st.write(f"Surat {len(berkas.getvalue())} bita")
""",
}
"""As a team would write it: the page and the contract on one port."""

TALKER = {
    "app.py": """def predict(task, input):
    if task == "obrolan":
        turns, pages = input["percakapan"], input["panduan"]
        said = [turn["isi"] for turn in turns if turn["peran"] == "warga"]
        if said[-1] == "galat":
            raise ValueError("sengaja")
        return {
            "jawaban": f"Pesan ke-{len(said)}: {said[-1]}\\nSebelumnya: {', '.join(said[:-1])}",
            "rujukan": [page["kode"] for page in pages],
            "yakin": True,
        }
    return {"jawaban": str(input)}
""",
}
"""It tells how much of the conversation it was given."""

OPEN_CHAT = {
    "Dockerfile": 'FROM python:3.11-slim\nWORKDIR /app\nCOPY server.py ./\nCMD ["python3", "server.py"]\n',
    "server.py": """import json, os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Server(BaseHTTPRequestHandler):
    def do_GET(self):
        self.say({"status": "ready"})

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["messages"]
        roles = " ".join(one["role"] for one in asked)
        self.say({"choices": [{"message": {"role": "assistant", "content": roles + ": " + asked[-1]["content"]}}]})

    def say(self, what):
        data = json.dumps(what).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


ThreadingHTTPServer(("", int(os.environ["PORT"])), Server).serve_forever()
""",
}
"""The same for `openai-chat`: it tells whose messages it was given."""

MOODY = {
    "Dockerfile": 'FROM python:3.11-slim\nWORKDIR /app\nCOPY server.py ./\nCMD ["python3", "server.py"]\n',
    "server.py": """import json, os, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Server(BaseHTTPRequestHandler):
    def do_GET(self):
        self.say(b'{"status": "ready"}')

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        mood = asked["input"]["nama"]
        if mood == "diam":
            time.sleep(3600)
        if mood == "henti":
            os._exit(7)
        if mood == "rakus":
            kept = [os.urandom(1 << 24) for _ in range(200)]
        while mood == "banjir":
            print("x" * 65536, flush=True)
        if mood == "kacau":
            self.say(b'{"output": {"sapaan": <<<')
        if mood == "gemuk":
            self.say(b'{"output": {"sapaan": "' + b"x" * (8 << 20) + b'"}}')
        self.say(json.dumps({"output": {"sapaan": mood}}).encode())

    def say(self, data):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *words):
        pass


ThreadingHTTPServer(("", int(os.environ["PORT"])), Server).serve_forever()
""",
}
"""It answers, hangs, ends, floods its log, eats memory or answers nonsense, as its input says."""

NEVER = {**MOODY, "server.py": MOODY["server.py"].replace("self.send_response(200)", "self.send_response(503)")}
"""It runs, and is never ready."""

STILLBORN = {**MOODY, "server.py": 'print("tidak jadi")\nraise SystemExit(3)\n'}
"""It ends before it is ready."""
