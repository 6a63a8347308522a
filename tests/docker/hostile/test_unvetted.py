"""What the engine does with a Dockerfile that nobody vetted: the control of each refusal in the corpus.

The engine gets the text as it is, with the parameters that keep a step in: no network, no cache. Everything that could
come from outside comes from loopback, everything that could be somebody else's was made here.
"""

import contextlib
import io
import json
import tarfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import uuid4

import docker
import docker.errors
import pytest

from sandbox.limits import KIB
from tests.docker.hostile import dockerfiles
from tests.docker.registry import serving

BASE = "gelanggang/python:latest"
CLASSIC, BUILDKIT = 1, 2
_ROUNDS = 3


@dataclass
class Unvetted:
    """Builds texts as they are, and looks into what came of it; `finish` takes everything away."""

    engine: docker.APIClient
    made: list[str] = field(default_factory=list)

    def build(self, text: str, *, version: int = CLASSIC, files: dict[str, str] | None = None) -> dict[str, Any]:
        """What the engine tells of the image. Fails where there is none."""
        messages = self.messages(text, version=version, files=files)
        ids = [str(one["aux"]["ID"]) for one in messages if isinstance(one.get("aux"), dict)]
        assert ids, messages[-3:]
        self.made.append(ids[-1])
        found: dict[str, Any] = self.engine.inspect_image(ids[-1])
        return found

    def messages(self, text: str, *, version: int = CLASSIC, files: dict[str, str] | None = None) -> list[Any]:
        """Everything that the engine says about the build."""
        answer = self.engine.post(
            f"{self.engine.base_url}/v{self.engine.api_version}/build",
            params={"version": version, "networkmode": "none", "nocache": 1, "rm": 1, "forcerm": 1},
            data=_tar({"Dockerfile": text, **(files or {})}),
            headers={"Content-Type": "application/x-tar"},
            timeout=120,
        )
        return [json.loads(line) for line in answer.text.splitlines() if line.strip()]

    def read(self, image: str, path: str) -> str:
        """A file of an image."""
        container = self.engine.create_container(image, ["x"])["Id"]
        try:
            pieces, _ = self.engine.get_archive(container, path)
            with tarfile.open(fileobj=io.BytesIO(b"".join(pieces))) as archive:
                file = archive.extractfile(archive.getmembers()[0])
                assert file is not None
                return file.read().decode()
        finally:
            self.engine.remove_container(container, v=True)

    def image(self, content: str, name: str, *changes: str) -> str:
        """An image with nothing but `/rahasia`, by another owner; it has this name."""
        reference = f"{name}:{uuid4().hex[:12]}"
        repository, _, tag = reference.rpartition(":")
        data = _tar({"rahasia": content})
        self.engine.import_image_from_data(data, repository=repository, tag=tag, changes=list(changes) or None)
        self.made.append(reference)
        return reference

    def finish(self) -> None:
        for image in reversed(self.made):
            with contextlib.suppress(docker.errors.NotFound):  # went with what stood on it
                self.engine.remove_image(image, force=True)


@pytest.fixture
def unvetted(engine: docker.APIClient) -> Iterator[Unvetted]:
    made, before = Unvetted(engine), _kept(engine)
    yield made
    made.finish()
    # What BuildKit keeps for the next build, of this test's alone; first what stands on others.
    for _ in range(_ROUNDS):
        for one in _kept(engine) - before:
            engine.post(f"{engine.base_url}/v{engine.api_version}/build/prune", params={"filters": _filter(one)})


def _kept(engine: docker.APIClient) -> set[str]:
    return {str(one["ID"]) for one in engine.df()["BuildCache"] or ()}


def _filter(kept: str) -> str:
    return json.dumps({"id": [kept]})


def _tar(files: dict[str, str]) -> bytes:
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w") as archive:
        for name, text in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text.encode()))
    return whole.getvalue()


@contextlib.contextmanager
def host_service() -> Iterator[tuple[str, list[str]]]:
    """A service on the host's loopback, as many machines have; gives its address and what it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            body = b"milik mesin"
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        def do_HEAD(self) -> None:
            self.do_GET()

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_port}", asked
        finally:
            server.shutdown()
            thread.join()


def add_from_web(unvetted: Unvetted) -> None:
    """The engine itself fetches, from the host's network, although the build has none."""
    with host_service() as (address, asked):
        built = unvetted.build(f"FROM {BASE}\nADD http://{address}/kunci /x\nCMD x\n")
    assert unvetted.read(built["Id"], "/x") == "milik mesin"
    assert "/kunci" in asked


def add_from_git(unvetted: Unvetted) -> None:
    """The reader of this engine takes it for an address as well; later ones clone it."""
    with host_service() as (address, asked):
        unvetted.build(f"FROM {BASE}\nADD http://{address}/a/b.git /x\nCMD x\n")
    assert "/a/b.git" in asked


def foreign_base(unvetted: Unvetted) -> None:
    """The engine fetches an image from wherever the text says."""
    own = unvetted.image("dari jauh", "gelanggang-uji/asing")
    with serving(unvetted.engine, own) as remote:
        unvetted.made.append(remote)
        built = unvetted.build(f"FROM {remote}\nCMD x\n")
    assert unvetted.read(built["Id"], "/rahasia") == "dari jauh"


def base_by_variable(unvetted: Unvetted) -> None:
    """Variables are filled in before the engine looks for the image."""
    own = unvetted.image("lewat variabel", "gelanggang-uji/asing")
    with serving(unvetted.engine, own) as remote:
        unvetted.made.append(remote)
        host, _, rest = remote.partition("/")
        built = unvetted.build(f"ARG A={host}\nARG B=$A/{rest}\nFROM ${{B}}\nCMD x\n")
    assert unvetted.read(built["Id"], "/rahasia") == "lewat variabel"


def empty_base(unvetted: Unvetted) -> None:
    """An image without a base is built: nothing of ours is in it."""
    built = unvetted.build("FROM scratch\nCOPY a /\nCMD x\n", files={"a": "isi"})
    assert len(built["RootFS"]["Layers"]) == 1


def copy_from_foreign(unvetted: Unvetted) -> None:
    """The engine fetches an image to copy from it."""
    own = unvetted.image("disalin dari jauh", "gelanggang-uji/asing")
    with serving(unvetted.engine, own) as remote:
        unvetted.made.append(remote)
        built = unvetted.build(f"FROM {BASE}\nCOPY --from={remote} /rahasia /x\nCMD x\n")
    assert unvetted.read(built["Id"], "/x") == "disalin dari jauh"


def copy_from_others(unvetted: Unvetted) -> None:
    """Another team's program is there for whoever knows its name."""
    theirs = unvetted.image("karya tim lain", "gelanggang-uji/prototype")
    built = unvetted.build(f"FROM {BASE}\nCOPY --from={theirs} /rahasia /x\nCMD x\n")
    assert unvetted.read(built["Id"], "/x") == "karya tim lain"


def run_mount(unvetted: Unvetted) -> None:
    """BuildKit, which is in the same engine, mounts any image into a step."""
    theirs = unvetted.image("karya tim lain", "gelanggang-uji/prototype")
    text = f"FROM {BASE}\nRUN --mount=type=bind,from={theirs},target=/m cat /m/rahasia > /x\nCMD x\n"
    built = unvetted.build(text, version=BUILDKIT)
    assert unvetted.read(built["Id"], "/x") == "karya tim lain"


def foreign_frontend(unvetted: Unvetted) -> None:
    """BuildKit asks a registry for the program that shall read the file, and would run it."""
    with host_service() as (address, asked):
        unvetted.messages(f"# syntax={address}/asing/pembaca:1\nFROM {BASE}\nCMD x\n", version=BUILDKIT)
    assert [path for path in asked if path.startswith("/v2/")], asked


def onbuild(unvetted: Unvetted) -> None:
    """The step is not done now, where it is watched, but in whatever stands on the image."""
    first = unvetted.build(f"FROM {BASE}\nONBUILD RUN echo kemudian > /x\nCMD x\n")
    second = unvetted.build(f"FROM {first['Id']}\nCMD x\n")
    assert unvetted.read(second["Id"], "/x") == "kemudian\n"


def volume(unvetted: Unvetted) -> None:
    """A container with a read-only root gets a folder that it can write to, on the host's disk."""
    _expect_volume(unvetted, unvetted.build(f"FROM {BASE}\nVOLUME /data\nCMD x\n"))


def volume_in_disguise(unvetted: Unvetted) -> None:
    """However it is written, the engine reads it."""
    _expect_volume(unvetted, unvetted.build(f"FROM {BASE}\nvOlUmE \\\n # x\n /data\nCMD x\n"))


def _expect_volume(unvetted: Unvetted, built: dict[str, Any]) -> None:
    engine = unvetted.engine
    host = engine.create_host_config(read_only=True, network_mode="none")
    step = ["python3", "-c", "open('/data/x', 'w').write('x' * 1000000)"]
    container = engine.create_container(built["Id"], step, host_config=host)["Id"]
    try:
        engine.start(container)
        assert engine.wait(container, timeout=60)["StatusCode"] == 0
    finally:
        engine.remove_container(container, v=True, force=True)


def our_labels(unvetted: Unvetted) -> None:
    """A label by which the worker would read how the program is spoken to."""
    built = unvetted.build(f'FROM {BASE}\nLABEL gelanggang.http="palsu"\nCMD x\n')
    assert built["Config"]["Labels"]["gelanggang.http"] == "palsu"


def without_a_start(unvetted: Unvetted) -> None:
    """The engine makes an image of it that runs whatever its base would."""
    assert not unvetted.build(f"FROM {BASE}\nRUN true\n")["Config"]["Entrypoint"]


def hundred_steps(unvetted: Unvetted) -> None:
    """The engine counts no steps: 63 of those that cost nothing."""
    built = unvetted.build(f"FROM {BASE}\n" + "".join(f"ENV A{number}=x\n" for number in range(62)) + "CMD x\n")
    assert len([one for one in built["Config"]["Env"] if one.startswith("A")]) == 62


def growing_variables(unvetted: Unvetted) -> None:
    """Six lines make more than a kernel takes as one variable. The engine's time for it grows with the square of the
    length: with eight lines it was busy for minutes, and nothing could end that."""
    text = f"FROM {BASE}\nENV A=" + "x" * 200 + "\n" + "ENV A=$A$A$A$A\n" * 4 + "ENV A=$A$A$A\nCMD x\n"
    built = unvetted.build(text)
    assert max(map(len, built["Config"]["Env"])) > 128 * KIB


CONTROLS: dict[str, Callable[[Unvetted], None]] = {
    function.__name__.replace("_", "-"): function
    for function in (
        *(add_from_web, add_from_git, foreign_base, base_by_variable, empty_base, copy_from_foreign, copy_from_others),
        *(foreign_frontend, onbuild, volume, volume_in_disguise, our_labels, without_a_start, hundred_steps),
        *(growing_variables, run_mount),
    )
}
UNKNOWN_HERE = {"run-network-host": "RUN --network=host true", "run-insecure": "RUN --security=insecure true"}
"""What the readers in this engine do not know yet, and later ones do."""


@pytest.mark.parametrize("name", CONTROLS)
def test_the_engine_would_do_it(name: str, unvetted: Unvetted) -> None:
    CONTROLS[name](unvetted)


@pytest.mark.parametrize("name", UNKNOWN_HERE)
def test_this_engine_knows_no_such_flag(name: str, unvetted: Unvetted) -> None:
    """The rule stands for engines that do. Where this fails, the engine has become one: give the case a control."""
    for version in (CLASSIC, BUILDKIT):
        told = unvetted.messages(f"FROM {BASE}\n{UNKNOWN_HERE[name]}\nCMD x\n", version=version)
        assert "Unknown flag" in json.dumps(told[-1]), told[-1]


def test_every_refusal_of_the_corpus_has_its_control() -> None:
    named = {"run-mount-secret": "run-mount"}
    refused = {named.get(case.name, case.name) for case in dockerfiles.VETTED}
    assert refused == {*CONTROLS, *UNKNOWN_HERE}
