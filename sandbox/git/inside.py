"""What runs in the container: a relay on loopback, git's own client, then git's answers to questions for objects.

Started as `python3 -ISEc <this file> SOCKET TMP URL REVISION` with the Python of Debian's git image, so
nothing but the standard library. First it prints lines: `at COMMIT` once it is known, then `here`, and from there on it
is `git cat-file --batch` that answers. Or `failed STEP BYTES` and what git said, and the end.
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import threading
from typing import NoReturn

PORT = 3128
_PIECE = 64 * 1024
_LONGEST_WORDS = 4000

_CONFIG = {
    "protocol.allow": "never",
    "protocol.https.allow": "always",
    "protocol.version": "2",
    "http.proxy": f"http://127.0.0.1:{PORT}",
    "http.followRedirects": "initial",
    "http.lowSpeedLimit": "500",
    "http.lowSpeedTime": "30",
    "http.sslVerify": "true",
    "credential.helper": "",
    "core.askPass": "/bin/false",
    "core.hooksPath": "/dev/null",
    "core.attributesFile": "/dev/null",
    "core.bigFileThreshold": "8m",
    "core.deltaBaseCacheLimit": "32m",
    "pack.threads": "1",
    "index.threads": "1",
    "fetch.unpackLimit": "1",
    "fetch.writeCommitGraph": "false",
    "transfer.bundleURI": "false",
    "transfer.credentialsInUrl": "die",
    "submodule.recurse": "false",
    "gc.auto": "0",
    "maintenance.auto": "false",
    "advice.detachedHead": "false",
}

_FETCH = ("--quiet", "--depth=1", "--no-tags", "--no-write-fetch-head", "--recurse-submodules=no")


def main(path: str, tmp: str, url: str, revision: str) -> NoReturn:
    """Fetch, then answer."""
    _relay(path)
    repository = f"{tmp}/repository.git"
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        del os.environ[name]
    os.environ |= {
        "HOME": tmp,
        "LC_ALL": "C",
        "PATH": "/usr/bin:/bin",
        "GIT_DIR": repository,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ASKPASS": "/bin/false",
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_CONFIG_COUNT": str(len(_CONFIG)),
    }
    for number, (name, value) in enumerate(_CONFIG.items()):
        os.environ[f"GIT_CONFIG_KEY_{number}"], os.environ[f"GIT_CONFIG_VALUE_{number}"] = name, value
    _git("init", "init", "--quiet", "--bare", "--template=", repository)
    number = len(revision) == 40 and not set(revision) - set("0123456789abcdef")
    commit = revision if number else _resolve(url, revision)
    _say(f"at {commit}")
    _git("fetch", "fetch", *_FETCH, url, commit)
    _say("here")
    os.execv("/usr/bin/git", ["git", "cat-file", "--batch"])  # noqa: S606 - no shell is wanted


def _resolve(url: str, revision: str) -> str:
    """The commit at which a branch or tag stands."""
    full = revision.startswith("refs/")
    names = [revision] if full else [f"refs/heads/{revision}", f"refs/tags/{revision}"]
    asked = [*names, *(f"{name}^{{}}" for name in names if name.startswith("refs/tags/"))]
    found = {}
    for line in _git("resolve", "ls-remote", "--quiet", url, *asked).decode("utf-8", "replace").splitlines():
        commit, _, name = line.partition("\t")
        if name in asked:
            found[name] = commit
    if not found:
        _fail("resolve", b"couldn't find remote ref")
    if len({name.removesuffix("^{}") for name in found}) > 1:
        _fail("unclear", b"a branch and a tag")
    return max(found.items())[1]  # a tag's commit stands after the tag


def _git(step: str, *arguments: str) -> bytes:
    ended = subprocess.run(["/usr/bin/git", *arguments], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if ended.returncode != 0:
        _fail(step, ended.stderr[-_LONGEST_WORDS:] + (b"\nsignal 9" if ended.returncode < 0 else b""))
    return ended.stdout


def _fail(step: str, said: bytes) -> NoReturn:
    _say(f"failed {step} {len(said)}")
    sys.stdout.buffer.write(said)
    sys.stdout.buffer.flush()
    sys.exit(1)


def _say(line: str) -> None:
    sys.stdout.buffer.write(line.encode() + b"\n")
    sys.stdout.buffer.flush()


def _relay(path: str) -> None:
    """Listen on loopback and pass everything on to the socket, until the process is git's."""
    listening = socket.create_server(("127.0.0.1", PORT), backlog=16)

    def serve() -> None:
        while True:
            near = listening.accept()[0]
            far = socket.socket(socket.AF_UNIX)
            try:
                far.connect(path)
            except OSError:
                near.close()
                far.close()
                continue
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=_pass_on, args=(source, sink), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()


def _pass_on(source: socket.socket, sink: socket.socket) -> None:
    try:
        while piece := source.recv(_PIECE):
            sink.sendall(piece)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


if __name__ == "__main__":
    main(*sys.argv[1:5])
