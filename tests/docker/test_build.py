"""Builds on the real engine: images as promised, failures as values, nothing left behind."""

import contextlib
import dataclasses
import io
import json
import random
import tarfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from uuid import uuid4

import docker
import docker.errors
import pytest

from sandbox.docker import owner
from sandbox.docker.build import Builder
from sandbox.docker.client import Clients
from sandbox.docker.owner import BUILD_HOLDER, HTTP, LABEL, OURS, OWNER
from sandbox.errors import Cancelled, EngineUnavailable, ImageMissing
from sandbox.kits.requirements import BROUGHT, HELD
from sandbox.limits import MIB, BuildLimits, Limits
from sandbox.model import Build, Status
from sandbox.provider import Cancel

APP = "def predict(task, input):\n    return {}\n"
CONTEXT_TIME = 315_532_800


@dataclasses.dataclass
class Bay:
    """Builds sources of named files, and forgets the images afterwards."""

    builder: Builder
    folder: Path
    images: set[str]

    def build(self, files: Mapping[str, str], *, cancel: Cancel | None = None, **limits: float) -> Build:
        root = self.folder / uuid4().hex
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return self.build_path(root, cancel=cancel, **limits)

    def build_path(self, path: Path, *, cancel: Cancel | None = None, **limits: float) -> Build:
        whole = Limits(build=BuildLimits(**limits))  # type: ignore[arg-type]
        built = self.builder.build(path, limits=whole, label="uji-build", cancel=cancel)
        if built.image:
            self.images.add(built.image)
        return built


@pytest.fixture
def bay(tmp_path: Path, engine: docker.APIClient) -> Iterator[Bay]:
    clients = Clients()
    bay = Bay(Builder(clients, owner.current()), tmp_path, set())
    yield bay
    bay.builder.close()
    clients.close()
    for image in bay.images:
        engine.remove_image(image, force=True)


@pytest.fixture(autouse=True)
def nothing_left(engine: docker.APIClient) -> Iterator[None]:
    """No holder, no step without its holder, no image that has no name and no child, more than before."""
    before, homeless = _nameless(engine), _homeless(engine)
    yield
    assert not [one for one in engine.containers(all=True) if one["Labels"].get(LABEL) == "uji-build"]
    assert _homeless(engine) <= homeless
    assert not {image for image in _nameless(engine) - before if _is_ours(engine, image)}


def _homeless(engine: docker.APIClient) -> set[str]:
    """Containers in the namespace of one that is gone."""
    found = engine.containers(all=True)
    ids = {one["Id"] for one in found}
    return {one["Id"] for one in found if one["HostConfig"]["NetworkMode"].partition(":")[2] not in {"", *ids}}


def _nameless(engine: docker.APIClient) -> set[str]:
    return {image["Id"] for image in engine.images(filters={"dangling": True})}


def _is_ours(engine: docker.APIClient, image: str) -> bool:
    try:
        command = engine.inspect_image(image)["ContainerConfig"]["Cmd"] or []
    except docker.errors.ImageNotFound:
        return False
    return any("uji-build" in word for word in command)


def run(engine: docker.APIClient, image: str, command: list[str]) -> str:
    """Output of a command in the image, as the user a prototype has."""
    container = engine.create_container(
        image, command, user="65534:65534", entrypoint=[], host_config=engine.create_host_config(network_mode="none")
    )["Id"]
    try:
        engine.start(container)
        engine.wait(container, timeout=60)
        return str(engine.logs(container).decode())
    finally:
        engine.remove_container(container, force=True, v=True)


def dockerfile(*lines: str, unique: bool = True) -> dict[str, str]:
    """A source of the docker kit; unique unless told otherwise, so that no step was built before."""
    mark = [f"ENV TANDA=uji-build-{uuid4()}"] if unique else []
    return {"Dockerfile": "\n".join(["FROM python:3.11-slim", *mark, *lines]) + "\n", "app.py": APP}


class TestPythonKit:
    def test_image(self, bay: Bay, engine: docker.APIClient) -> None:
        built = bay.build({"app.py": APP, "data/kamus.txt": f"uji-build {uuid4()}\n"})
        assert (built.status, built.cached) == (Status.OK, False), built
        assert built.image is not None
        image = engine.inspect_image(built.image)
        config = image["Config"]
        assert config["Cmd"] == ["python3", "-SEu", "-X", "utf8", "/opt/gelanggang/serve.py"]
        assert not config["Entrypoint"]
        assert config["WorkingDir"] == "/app"
        assert config["Labels"][OURS] == "1"
        assert config["Labels"][LABEL] == "uji-build"
        assert config["Labels"][OWNER] == str(owner.current())
        assert config["Labels"][HTTP] == "{}"
        listing = run(engine, built.image, ["find", "/app", "/opt/gelanggang", "-printf", "%p %m %u %T@\n"])
        assert f"/app/app.py 644 root {CONTEXT_TIME}.0" in listing
        assert "/app/data 755 root" in listing
        assert "/opt/gelanggang/serve.py 644 root" in listing
        assert b"Langkah 2/3: COPY image/ /" in built.log

    def test_served_by_the_base_s_own_python(self, bay: Bay, engine: docker.APIClient) -> None:
        built = bay.build({"app.py": APP, "x": f"uji-build {uuid4()}"})
        assert built.image
        code = (
            "import subprocess, time, urllib.request as u, json\n"
            "server = ['python3', '-SEu', '-X', 'utf8', '/opt/gelanggang/serve.py']\n"
            "p = subprocess.Popen(server, env={'PORT': '8080'})\n"
            "for _ in range(200):\n"
            "    try:\n        u.urlopen('http://127.0.0.1:8080/ping'); break\n"
            "    except OSError: time.sleep(0.02)\n"
            "r = u.Request('http://127.0.0.1:8080/invocations', json.dumps({'task': 't', 'input': {}}).encode())\n"
            "print(u.urlopen(r).read().decode())\np.kill()\n"
        )
        assert run(engine, built.image, ["python3", "-c", code]).strip() == '{"output":{}}'

    def test_the_same_source_is_not_built_twice(self, bay: Bay) -> None:
        files = {"app.py": APP, "x": f"uji-build {uuid4()}"}
        first = bay.build(files)
        again = bay.build(files)
        assert (again.image, again.cached) == (first.image, True)
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            for name, text in files.items():
                archive.writestr(f"karya/{name}", text)
        packed = bay.folder / "karya.zip"
        packed.write_bytes(stream.getvalue())
        assert bay.build_path(packed).image == first.image
        changed = bay.build({**files, "x": "uji-build lain"})
        assert (changed.cached, changed.image == first.image) == (False, False)

    def test_an_image_that_was_removed_is_built_again(self, bay: Bay, engine: docker.APIClient) -> None:
        files = {"app.py": APP, "x": f"uji-build {uuid4()}"}
        first = bay.build(files)
        assert first.image
        engine.remove_image(first.image, force=True)
        bay.images.discard(first.image)
        assert not bay.build(files).cached

    def test_base_with_numpy_where_requirements_ask_for_it(self, bay: Bay, engine: docker.APIClient) -> None:
        built = bay.build({"app.py": APP, "requirements.txt": "numpy\n", "x": f"uji-build {uuid4()}"})
        assert built.image
        # What requirements.txt may name must be what the base holds, to the version.
        code = "import importlib.metadata as m, json, sys; print(json.dumps({n: m.version(n) for n in sys.argv[1:]}))"
        versions = json.loads(run(engine, built.image, ["python3", "-c", code, *HELD, *BROUGHT]))
        assert {name: versions[name] for name in HELD} == HELD


class TestDockerKit:
    def test_image_log_and_loopback(self, bay: Bay, engine: docker.APIClient) -> None:
        files = dockerfile("COPY . /app", "RUN cat /proc/net/dev; id -u; ls -a /app", 'CMD ["python3", "/app/app.py"]')
        built = bay.build(
            {
                **files,
                "prototype.toml": '[http]\nport = 5000\nrequest = {a = \'$input\', b = "it\'s `$HOME` \\"x\\" \\\\"}\n',
            }
        )
        assert built.status == Status.OK, built
        assert built.image
        log = built.log.decode()
        assert "Dockerfile baris 1: python:3.11-slim memakai gelanggang/python:latest" in log
        interfaces = [line.split(":")[0].strip() for line in log.splitlines() if ":" in line and "0       0" in line]
        assert interfaces == ["lo"]
        # The team's Dockerfile is copied as it was, and none of our files with it.
        assert ".gelanggang" not in log
        assert ".dockerignore" not in log
        assert run(engine, built.image, ["cat", "/app/Dockerfile"]) == files["Dockerfile"]
        labels = engine.inspect_image(built.image)["Config"]["Labels"]
        assert json.loads(labels[HTTP]) == {"port": 5000, "request": {"a": "$input", "b": 'it\'s `$HOME` "x" \\'}}

    def test_escape_directive_does_not_spoil_labels(self, bay: Bay, engine: docker.APIClient) -> None:
        files = {"Dockerfile": f'# escape=`\nFROM python\nENV TANDA=uji-build-{uuid4()}\nCMD [`\n"x"]\n'}
        built = bay.build({**files, "prototype.toml": "[http]\nrequest = {a = '$input', b = '`'}\n"})
        assert built.image
        labels = engine.inspect_image(built.image)["Config"]["Labels"]
        assert json.loads(labels[HTTP]) == {"request": {"a": "$input", "b": "`"}}
        assert labels[LABEL] == "uji-build"

    def test_stages(self, bay: Bay, engine: docker.APIClient) -> None:
        files = dockerfile(
            "RUN echo dari tahap > /x", "FROM python AS akhir", "COPY --from=0 /x /x", 'CMD ["cat", "/x"]'
        )
        built = bay.build(files)
        assert built.image
        assert run(engine, built.image, ["cat", "/x"]) == "dari tahap\n"

    @pytest.mark.parametrize(
        ("line", "hints"),
        [
            ("RUN exit 3", ["kode 3", "baris 3", "2/4"]),
            ("RUN tidak-ada-perintah", ["kode 127", "tidak ada di image dasar"]),
            ("RUN pip install --retries 0 --timeout 1 flask", ["kode 1", "Tidak ada jaringan"]),
            ("COPY tidak-ada.txt /app/", ["tidak-ada.txt", "tidak ada di dalam arsip"]),
            ("USER tidak-ada\nRUN true", ["tidak-ada"]),
            ("HEALTHCHECK apa", ["baris 3", "HEALTHCHECK apa"]),
            ("EXPOSE abc", ["baris 3", "EXPOSE abc"]),
            ("\n# x\nENV =x", ["baris 5", "ENV =x"]),
            ("WORKDIR $TIDAK_ADA", ["baris 3", "WORKDIR"]),
            ('SHELL ["/tidak/ada"]\nRUN x', ["baris 4"]),
        ],
    )
    def test_a_failing_step_is_named(self, bay: Bay, line: str, hints: list[str]) -> None:
        built = bay.build(dockerfile(line, "CMD x"))
        assert (built.status, built.image) == (Status.BUILD_FAILED, None)
        for hint in hints:
            assert hint.replace("2/4", "3/4") in built.message.id
        assert built.message.id.encode() in built.log

    def test_out_of_memory(self, bay: Bay) -> None:
        built = bay.build(dockerfile("RUN python3 -c 'x = bytearray(300000000)'", "CMD x"), memory_bytes=64 * MIB)
        assert built.status == Status.BUILD_FAILED
        assert "kehabisan memori (batas 64 MiB)" in built.message.id

    def test_deadline(self, bay: Bay) -> None:
        started = time.monotonic()
        built = bay.build(dockerfile("RUN trap '' TERM INT; sleep 60", "CMD x"), seconds=2)
        assert built.status == Status.BUILD_FAILED
        assert "setelah 2 detik" in built.message.id
        assert time.monotonic() - started < 15

    def test_a_flood_of_output(self, bay: Bay) -> None:
        built = bay.build(dockerfile("RUN yes", "CMD x"), log_bytes=20_000)
        assert built.status == Status.BUILD_FAILED
        assert "terlalu banyak ke log" in built.message.id
        assert len(built.log) < 22_000

    def test_a_long_log_keeps_both_ends(self, bay: Bay) -> None:
        built = bay.build(dockerfile("RUN echo awal; seq 5000; echo akhir; exit 1", "CMD x"), log_bytes=10_000)
        assert b"awal" in built.log
        assert b"akhir" in built.log
        assert b"bagian tengah log dibuang" in built.log

    def test_a_step_that_writes_too_much_is_ended(self, bay: Bay) -> None:
        step = "RUN for i in 1 2 3; do head -c 20000000 /dev/urandom > /f$i; done; sleep 60"
        started = time.monotonic()
        built = bay.build(dockerfile(step, "CMD x"), bytes_over_base=50 * MIB)
        assert built.status == Status.BUILD_FAILED
        assert "lebih dari 50 MiB" in built.message.id
        assert time.monotonic() - started < 20

    def test_an_image_that_is_too_big_is_removed(self, bay: Bay) -> None:
        steps = [f"RUN head -c 20000000 /dev/urandom > /f{number}" for number in range(3)]
        built = bay.build(dockerfile(*steps, "CMD x"), bytes_over_base=50 * MIB)
        assert (built.status, built.image) == (Status.BUILD_FAILED, None)

    def test_copies_that_write_too_much_are_ended(self, bay: Bay) -> None:
        files = dockerfile(*[f"COPY besar /f{number}" for number in range(40)], "CMD x")
        folder = bay.folder / "karya"
        folder.mkdir()
        for name, text in files.items():
            (folder / name).write_text(text)
        (folder / "besar").write_bytes(random.Random(str(uuid4())).randbytes(60_000_000))
        built = bay.build_path(folder, bytes_over_base=100 * MIB)
        assert built.status == Status.BUILD_FAILED
        assert "lebih dari 100 MiB" in built.message.id
        assert built.log.count(b"Langkah") < 40

    def test_a_fork_bomb_meets_the_limit(self, bay: Bay) -> None:
        step = "RUN i=0; while [ $i -lt 60 ]; do sleep 3 & i=$((i+1)); done; wait; echo semua''jalan"
        built = bay.build(dockerfile(step, "CMD x"), pids=30)
        assert built.status == Status.BUILD_FAILED
        assert b"semuajalan" not in built.log

    def test_output_that_looks_like_the_engine_s(self, bay: Bay, engine: docker.APIClient) -> None:
        victim = bay.build({"app.py": APP, "x": f"uji-build {uuid4()}"})
        assert victim.image
        short = victim.image.removeprefix("sha256:")[:12]
        lines = f"RUN printf ' ---> {short}\\n'; printf ' ---> Running in {short}\\n'; exit 1"
        assert bay.build(dockerfile(lines, "CMD x")).status == Status.BUILD_FAILED
        assert engine.inspect_image(victim.image)["Id"] == victim.image

    def test_refused_before_the_engine_is_asked(self, bay: Bay) -> None:
        built = bay.build(dockerfile("ADD http://evil.example/x /x", "CMD x"))
        assert (built.status, built.image, built.log) == (Status.REFUSED, None, b"")
        assert "baris 3" in built.message.id

    def test_docker_s_own_dockerignore_is_heeded(self, bay: Bay, engine: docker.APIClient) -> None:
        files = dockerfile("COPY . /app", "CMD x")
        built = bay.build(
            {**files, ".dockerignore": "*.log\n!penting.log\n/data\n", "a.log": "x", "penting.log": "y", "data/z": "z"}
        )
        assert built.image
        assert run(engine, built.image, ["ls", "/app"]).split() == ["Dockerfile", "app.py", "penting.log"]


class TestNothingIsTakenFromOthers:
    def test_a_step_is_run_again_for_another_source(self, bay: Bay, engine: docker.APIClient) -> None:
        lines = ("RUN head -c 16 /dev/urandom | od -An -tx1 > /acak", "COPY tim.txt /", 'CMD ["x"]')
        files = dockerfile(*lines)
        contents = []
        for team in ("sari", "budi"):
            built = bay.build({**files, "tim.txt": team})
            assert built.image
            contents.append(run(engine, built.image, ["cat", "/acak"]))
        assert contents[0] != contents[1]

    def test_a_layer_that_poses_as_the_step(self, bay: Bay, engine: docker.APIClient) -> None:
        step = f"echo jujur > /isi # uji-build {uuid4()}"
        files = {"Dockerfile": f'FROM python:3.11-slim\nRUN {step}\nCMD ["x"]\n', "app.py": APP}
        poison = _poison(engine, step)
        try:
            # Without the wall it bites: the engine takes the layer for the step.
            assert _built_by_the_engine_alone(engine, step) == "racun"
            built = bay.build(files)
            assert built.image
            assert run(engine, built.image, ["cat", "/isi"]).strip() == "jujur"
        finally:
            with contextlib.suppress(docker.errors.ImageNotFound):
                engine.remove_image(poison, force=True)


def _poison(engine: docker.APIClient, step: str) -> str:
    """A layer on the base that says it is `step` and holds something else."""
    command = ["/bin/sh", "-c", step]
    container = engine.create_container("gelanggang/python:latest", command, detach=True)["Id"]
    try:
        stream = io.BytesIO()
        with tarfile.open(fileobj=stream, mode="w") as archive:
            member = tarfile.TarInfo("isi")
            member.size = len(b"racun")
            archive.addfile(member, io.BytesIO(b"racun"))
        engine.put_archive(container, "/", stream.getvalue())
        return str(engine.commit(container)["Id"])
    finally:
        engine.remove_container(container, force=True, v=True)


def _built_by_the_engine_alone(engine: docker.APIClient, step: str) -> str:
    text = f"FROM gelanggang/python:latest\nRUN {step}\n"
    told = list(engine.build(fileobj=io.BytesIO(text.encode()), network_mode="none", rm=True, decode=True))
    image = next(message["aux"]["ID"] for message in told if "aux" in message)
    found = run(engine, image, ["cat", "/isi"]).strip()
    with contextlib.suppress(docker.errors.APIError):
        engine.remove_image(image)
    return found


class TestCancel:
    @pytest.mark.parametrize("seconds", [0.0, 0.3, 2.0])
    def test_at_any_moment(self, bay: Bay, seconds: float) -> None:
        cancel = Cancel()
        timer = threading.Timer(seconds, cancel.set)
        timer.start()
        started = time.monotonic()
        with pytest.raises(Cancelled):
            bay.build(dockerfile("RUN sleep 60", "CMD x"), cancel=cancel)
        timer.join()
        assert time.monotonic() - started < 15

    def test_before_it_began(self, bay: Bay) -> None:
        cancel = Cancel()
        cancel.set()
        with pytest.raises(Cancelled):
            bay.build({"app.py": APP}, cancel=cancel)


class TestOurFailures:
    def test_no_engine(self, bay: Bay, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DOCKER_HOST", "tcp://127.0.0.1:18299")
        clients = Clients()
        with pytest.raises(EngineUnavailable):
            Bay(Builder(clients, owner.current()), bay.folder, set()).build({"app.py": APP})

    def test_no_base(self, bay: Bay, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sandbox.bases.recipes.BaseRecipe.latest", "gelanggang/tidak-ada:latest")
        with pytest.raises(ImageMissing):
            bay.build({"app.py": APP})


def test_a_holder_made_ahead_serves_one_build_and_only_alive(bay: Bay, engine: docker.APIClient) -> None:
    labels = [f"{LABEL}={BUILD_HOLDER}", f"{OWNER}={owner.current()}"]
    of_others = {one["Id"] for one in engine.containers(filters={"label": labels})}

    def ahead() -> list[str]:
        return [one["Id"] for one in engine.containers(filters={"label": labels}) if one["Id"] not in of_others]

    def until(count: int) -> list[str]:
        end = time.monotonic() + 30
        while len(ahead()) != count and time.monotonic() < end:
            time.sleep(0.05)
        return ahead()

    bay.builder.make_ahead()
    assert ahead() == []  # no build has wanted one
    assert bay.build(dockerfile("RUN true", "CMD x")).status is Status.OK
    bay.builder.make_ahead()
    bay.builder.make_ahead()
    (first,) = until(1)
    assert bay.build(dockerfile("RUN true", "CMD x")).status is Status.OK
    assert until(0) == []
    bay.builder.make_ahead()
    (second,) = until(1)
    assert second != first
    engine.kill(second)
    assert bay.build(dockerfile("RUN true", "CMD x")).status is Status.OK
    bay.builder.make_ahead()
    until(1)
    bay.builder.close()
    assert ahead() == []


def test_tidying_leaves_what_is_young_or_named(bay: Bay, engine: docker.APIClient) -> None:
    named = bay.build(dockerfile("COPY app.py /a", "CMD x"))
    assert named.image
    young = engine.inspect_image(named.image)["Parent"]
    bay.builder.tidy()
    assert engine.inspect_image(young)["Id"] == young
    assert engine.inspect_image(named.image)["Id"] == named.image


def test_two_builds_at_once(bay: Bay) -> None:
    results: list[Build] = []

    def one(build: Callable[..., Build]) -> None:
        results.append(build(dockerfile("RUN sleep 1", "CMD x")))

    threads = [threading.Thread(target=one, args=(bay.build,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [built.status for built in results] == [Status.OK, Status.OK]


def test_the_same_source_twice_at_once(bay: Bay) -> None:
    files = dockerfile("RUN sleep 1", "CMD x")
    results: list[Build] = []
    threads = [threading.Thread(target=lambda: results.append(bay.build(files))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [built.status for built in results] == [Status.OK, Status.OK]
    assert len(bay.images) == 1


def test_log_arrives_while_the_step_runs(bay: Bay) -> None:
    folder = bay.folder / "karya"
    folder.mkdir()
    for name, text in dockerfile("RUN echo satu; sleep 2; echo dua", "CMD x").items():
        (folder / name).write_text(text)
    seen: list[tuple[float, bytes]] = []
    built = bay.builder.build(
        folder, limits=Limits(), label="uji-build", on_log=lambda data: seen.append((time.monotonic(), data))
    )
    assert built.image
    bay.images.add(built.image)
    at = {word: moment for word in (b"satu", b"dua") for moment, data in seen if data.strip() == word}
    assert at[b"dua"] - at[b"satu"] > 1
    assert b"".join(data for _, data in seen) == built.log
