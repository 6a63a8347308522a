"""A python-kit prototype as a child process: the kit's own server code, spoken to over two pipes instead of HTTP.

Started as `python -SEu child.py FOLDER MEMORY READ_FD WRITE_FD`. A request is a number and a body, an answer the same
number, a status and a body; the number 0 with status 200 says that app.py is loaded.
"""

import importlib
import os
import resource
import struct
import sys
import threading
from pathlib import Path
from typing import Any

REQUEST = struct.Struct(">II")
ANSWER = struct.Struct(">IHI")
OUT_OF_MEMORY = 137
_STACK = 512 * 1024


def main() -> None:
    """Load app.py under the memory limit, then answer until the requests end, each in a thread of its own."""
    folder, memory, source, sink = sys.argv[1], *(int(word) for word in sys.argv[2:5])
    # The server as a prototype's image has it: a file without packages around it.
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "kits"))
    serve = importlib.import_module("serve")
    threading.stack_size(_STACK)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    try:
        predict = serve.load(folder)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    lock = threading.Lock()

    def guarded(task: Any, case_input: Any) -> Any:
        # Python can survive what the kernel would not let a container survive.
        try:
            return predict(task, case_input)
        except MemoryError:
            os._exit(OUT_OF_MEMORY)

    def answer(number: int, status: int, body: bytes) -> None:
        data = memoryview(ANSWER.pack(number, status, len(body)) + body)
        with lock:
            while data:
                data = data[os.write(sink, data) :]

    def invoke(number: int, body: bytes) -> None:
        try:
            answer(number, *serve.invoke(guarded, body))
        except SystemExit as end:
            serve.quit_with(end)

    answer(0, 200, b"")
    with os.fdopen(source, "rb") as requests:
        while head := requests.read(REQUEST.size):
            number, size = REQUEST.unpack(head)
            threading.Thread(target=invoke, args=(number, requests.read(size)), daemon=True).start()


if __name__ == "__main__":
    main()
