"""The mirror's own parts: a folder of wheels, whose index stands behind it, and what pip's failures are told as."""

import http.client
import shutil
import socket
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from sandbox.docker.build_packages import explain_packages
from sandbox.kits import Source, inspect
from sandbox.limits import Limits
from sandbox.mirror import MirrorFailed, ask
from sandbox.mirror.relay import BEHIND
from sandbox.mirror.serve import MirrorSettings, serve_mirror
from sandbox.mirror.upstream import read_upstream

SIMPLE = f"{BEHIND}/+simple"


@pytest.fixture
def short() -> Iterator[Path]:
    """A short path: a socket lies in it."""
    made = Path(tempfile.mkdtemp(prefix="glg-mirror-"))
    yield made
    shutil.rmtree(made)


@dataclass
class Wheels:
    socket: Path
    folder: Path

    def get(self, target: str, method: str = "GET") -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("mirror")
        connection.sock = socket.socket(socket.AF_UNIX)
        connection.sock.connect(str(self.socket))
        connection.request(method, target)
        answer = connection.getresponse()
        found = answer.status, answer.read()
        connection.close()
        return found


@pytest.fixture
def wheels(short: Path) -> Iterator[Wheels]:
    folder = short / "wheels"
    folder.mkdir()
    (folder / "Sapaan_Hangat-1.0-py3-none-any.whl").write_bytes(b"satu")
    (folder / "sapaan-hangat-1.1.tar.gz").write_bytes(b"sumber")
    (folder / "catatan.txt").write_text("bukan paket")
    (folder / "rusak.whl").write_bytes(b"")
    (short / "rahasia-1.0.tar.gz").write_text("di luar")
    settings = MirrorSettings(short / "data", short / "socket" / "mirror.sock", folder)
    stop, ready = threading.Event(), threading.Event()
    thread = threading.Thread(target=serve_mirror, args=(settings, stop), kwargs={"on_ready": ready.set, "env": {}})
    thread.start()
    assert ready.wait(60)
    yield Wheels(settings.socket, folder)
    stop.set()
    thread.join(60)
    assert not settings.socket.exists()


class TestWheels:
    def test_a_package_s_page_leads_to_its_files(self, wheels: Wheels) -> None:
        status, page = wheels.get(f"{SIMPLE}/sapaan-hangat/")
        assert status == 200
        links = [part.split('"')[0] for part in page.decode().split('href="')[1:]]
        assert [link.partition("#")[0].rpartition("/")[2] for link in links] == [
            "Sapaan_Hangat-1.0-py3-none-any.whl",
            "sapaan-hangat-1.1.tar.gz",
        ]
        address, _, digest = links[0].partition("#")
        assert address.split("/")[3] == digest.removeprefix("sha256=")
        assert wheels.get(address.replace("../..", f"{BEHIND}")) == (200, b"satu")
        assert wheels.get(address.replace("../..", f"{BEHIND}"), "HEAD") == (200, b"")

    @pytest.mark.parametrize(
        "target",
        [
            *(f"{SIMPLE}/rahasia/", f"{SIMPLE}/catatan/", f"{SIMPLE}/", "/", "/etc/passwd", "/../rahasia-1.0.tar.gz"),
            f"{BEHIND}/+f/{'0' * 64}/Sapaan_Hangat-1.0-py3-none-any.whl",
            f"{BEHIND}/+f/{'0' * 64}/..%2Frahasia-1.0.tar.gz",
            f"{BEHIND}/+f/{'0' * 64}/catatan.txt",
        ],
    )
    def test_nothing_else_is_there(self, wheels: Wheels, target: str) -> None:
        assert wheels.get(target)[0] == 404

    @pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "REFRESH"])
    def test_nothing_can_be_changed(self, wheels: Wheels, method: str) -> None:
        assert wheels.get(f"{SIMPLE}/sapaan-hangat/", method)[0] == 501

    def test_a_file_that_comes_later_is_found(self, wheels: Wheels) -> None:
        assert wheels.get(f"{SIMPLE}/susulan/")[0] == 404
        (wheels.folder / "susulan-1-py3-none-any.whl").write_bytes(b"x")
        assert wheels.get(f"{SIMPLE}/susulan/")[0] == 200

    def test_it_answers_who_asks_whether_it_is_there(self, wheels: Wheels) -> None:
        assert ask(wheels.socket) is None
        assert ask(wheels.socket, f"{SIMPLE}/tidak-ada/") is None

    def test_two_mirrors_on_the_same_data(self, wheels: Wheels) -> None:
        data = wheels.folder.parent
        again = MirrorSettings(data / "data", data / "lain" / "mirror.sock", wheels.folder)
        with pytest.raises(MirrorFailed, match="already"):
            serve_mirror(again, threading.Event(), on_ready=lambda: None, env={})
        assert ask(wheels.socket) is None


def test_wheels_that_are_not_there(short: Path) -> None:
    settings = MirrorSettings(short / "data", short / "socket" / "mirror.sock", short / "tidak-ada")
    with pytest.raises(MirrorFailed, match="tidak-ada"):
        serve_mirror(settings, threading.Event(), on_ready=lambda: None, env={})


def test_a_socket_that_is_too_long(short: Path) -> None:
    settings = MirrorSettings(short / "data", short / ("x" * 120) / "mirror.sock", short)
    with pytest.raises(MirrorFailed, match="cannot listen"):
        serve_mirror(settings, threading.Event(), on_ready=lambda: None, env={})


def test_nobody_listens(short: Path) -> None:
    assert "FileNotFoundError" in str(ask(short / "mirror.sock"))


class TestUpstream:
    def test_nothing_is_said(self, tmp_path: Path) -> None:
        found = read_upstream({"HOME": str(tmp_path)}, root=tmp_path)
        assert (found.url, dict(found.environment)) == (None, {})

    def test_files_of_the_host_and_of_a_person(self, tmp_path: Path) -> None:
        (tmp_path / "etc").mkdir()
        (tmp_path / "etc/pip.conf").write_text("[global]\nindex-url = http://host.test/simple\ncert = /ca.pem\n")
        env = {"HOME": str(tmp_path / "home")}
        found = read_upstream(env, root=tmp_path)
        assert (found.url, found.environment["SSL_CERT_FILE"]) == ("http://host.test/simple/", "/ca.pem")
        (tmp_path / "home/.config/pip").mkdir(parents=True)
        (tmp_path / "home/.config/pip/pip.conf").write_text("[install]\nindex-url = http://own.test/simple/\n")
        assert read_upstream(env, root=tmp_path).url == "http://own.test/simple/"
        assert read_upstream({**env, "PIP_INDEX_URL": "http://env.test"}, root=tmp_path).url == "http://env.test/"
        assert read_upstream({**env, "PIP_CONFIG_FILE": "/dev/null"}, root=tmp_path).url is None

    def test_a_proxy(self, tmp_path: Path) -> None:
        found = read_upstream({"HOME": str(tmp_path), "PIP_PROXY": "proxy.test:3128"}, root=tmp_path)
        assert found.environment["HTTPS_PROXY"] == "http://proxy.test:3128"

    def test_a_file_that_cannot_be_read(self, tmp_path: Path) -> None:
        (tmp_path / "etc").mkdir()
        (tmp_path / "etc/pip.conf").write_bytes(b"\xff[[[")
        assert read_upstream({"HOME": str(tmp_path)}, root=tmp_path).url is None


@pytest.fixture
def source(tmp_path: Path) -> Source:
    (tmp_path / "Dockerfile").write_text('FROM python\nRUN pip install -r requirements.txt\nCMD ["x"]\n')
    found = inspect(tmp_path, Limits())
    assert isinstance(found, Source)
    return found


NONE = "(from versions: none)"
UNSATISFIED = "ERROR: Could not find a version that satisfies the requirement"
FAILURES = {
    f"{UNSATISFIED} sapan==1 {NONE}\nERROR: No matching distribution found for sapan==1\n": (
        *("sapan==1", "tidak ada di indeks", "ejaan"),
    ),
    f"{UNSATISFIED} flask==99 (from -r x.txt (line 3)) (from versions: 1.0, 2.0, 3.0.dev1, 3.0rc1, 3.0)\n": (
        *("“flask==99”", "1.0, 2.0, 3.0."),
    ),
    f"ERROR: Ignored the following versions that require a different python version: 9\n{UNSATISFIED} x==9.0 {NONE}": (
        *("versi “x==9.0”", "Python 3.11"),
    ),
    "error: command 'x86_64-linux-gnu-gcc' failed: No such file\nERROR: Failed building wheel for cepat\n": (
        *("“cepat”", "dikompilasi", "wheel"),
    ),
    "error: can't find Rust compiler\n": ("dikompilasi",),
    "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.\n": ("--hash",),
    "ERROR: ResolutionImpossible: for help visit\n": ("bertentangan",),
}


@pytest.mark.parametrize(("output", "words"), FAILURES.items())
def test_what_a_team_is_told_of_pip_s_failure(source: Source, output: str, words: tuple[str, ...]) -> None:
    found = explain_packages(output, source, 2, spent=False)
    assert found is not None
    assert found.id.startswith("Langkah 2/3 (“RUN pip install -r requirements.txt”, Dockerfile baris 2)")
    assert all(word in found.id for word in words), found.id


@pytest.mark.parametrize("output", ["", "Traceback\nValueError: x\n", "sh: 1: pipp: not found\n", "\x00\u202e" * 50])
def test_other_failures_are_none_of_pip_s(source: Source, output: str) -> None:
    assert explain_packages(output, source, 2, spent=False) is None
    spent = explain_packages(output, source, 2, spent=True)
    assert spent is not None
    assert "terlalu besar" in spent.id
