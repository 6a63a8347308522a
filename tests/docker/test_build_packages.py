"""Builds that install packages: from a mirror through the relay, on the real engine, without any network."""

import hashlib
import json
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from uuid import uuid4

import docker
import pytest

from sandbox.docker import DockerProvider, owner
from sandbox.docker import build_relay as relays
from sandbox.docker.build import Builder
from sandbox.docker.client import Clients
from sandbox.docker.owner import LABEL
from sandbox.errors import MirrorUnavailable, PackageUnavailable
from sandbox.limits import MIB, BuildLimits, Limits
from sandbox.mirror.devpi import files_of
from sandbox.mirror.keeping import Keeping, collect
from sandbox.mirror.serve import MirrorSettings
from sandbox.model import Build, Status
from sandbox.proof.building import try_step
from sandbox.proof.host import careless_service
from sandbox.provider import Cancel
from tests.docker.packages import index, mirror, source_archive, wheel

APP = "import sapaan\n\ndef predict(task, input):\n    return sapaan.kata\n"


@dataclass
class Bay:
    """Builds sources of named files with a mirror."""

    folder: Path
    builder: Builder
    engine: docker.APIClient

    def build(self, files: dict[str, str], **limits: float) -> Build:
        root = self.folder / uuid4().hex
        root.mkdir()
        for name, text in {"tanda.txt": uuid4().hex, **files}.items():
            (root / name).write_text(text)
        whole = Limits(build=BuildLimits(**limits))  # type: ignore[arg-type]
        built = self.builder.build(root, limits=whole, label="uji-paket")
        if built.image:
            self.engine.remove_image(built.image, force=True)
        return built

    def dockerfile(self, *lines: str, files: dict[str, str] | None = None, **limits: float) -> Build:
        text = "\n".join(["FROM python", "COPY . .", *lines, 'CMD ["x"]', ""])
        return self.build({"Dockerfile": text, **(files or {})}, **limits)


@pytest.fixture(scope="module")
def short() -> Iterator[Path]:
    """A short path: sockets lie in it."""
    made = Path(tempfile.mkdtemp(prefix="glg-paket-"))
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def wheels(short: Path) -> Path:
    folder = short / "wheels"
    folder.mkdir()
    wheel(folder, "sapaan", "1.0", "kata = 'halo'\n")
    wheel(folder, "sapaan", "1.1", "kata = 'hai'\n")
    wheel(folder, "besar", "1.0", "x = '" + os.urandom(2 * MIB).hex() + "'\n")
    source_archive(folder, "kompilasi", "1.0")
    return folder


@pytest.fixture(scope="module")
def socket(short: Path, wheels: Path) -> Iterator[Path]:
    """A mirror of the wheels for the whole module."""
    with mirror(MirrorSettings(short / "data", short / "m" / "mirror.sock", wheels), {}) as found:
        yield found


@pytest.fixture
def bay_of(tmp_path: Path, engine: docker.APIClient) -> Iterator[Callable[[Path], Bay]]:
    """Nothing is left of any build."""
    clients = Clients()
    builders: list[Builder] = []

    def bay(socket: Path) -> Bay:
        builders.append(Builder(clients, owner.current(), socket))
        return Bay(tmp_path, builders[-1], engine)

    yield bay
    for builder in builders:
        builder.close()
    clients.close()
    assert not [one for one in engine.containers(all=True) if one["Labels"].get(LABEL) == "uji-paket"]


@pytest.fixture
def bay(bay_of: Callable[[Path], Bay], socket: Path) -> Bay:
    return bay_of(socket)


class TestInstalled:
    def test_by_the_python_kit(self, bay: Bay) -> None:
        built = bay.build({"app.py": APP, "requirements.txt": "sapaan==1.0\n"})
        assert built.status is Status.OK, built
        assert b"Langkah 3/5: RUN pip install" in built.log
        assert b"Successfully installed sapaan-1.0" in built.log

    def test_beside_what_the_base_holds(self, bay: Bay) -> None:
        built = bay.build({"app.py": APP, "requirements.txt": "numpy\nsapaan==1.1\n"})
        assert built.status is Status.OK, built
        assert b"Requirement already satisfied: numpy" in built.log

    def test_by_a_dockerfile(self, bay: Bay) -> None:
        built = bay.dockerfile(
            "RUN pip install -r requirements.txt",
            "RUN python3 -c 'import sapaan; assert sapaan.kata == \"hai\"'",
            files={"requirements.txt": "sapaan\n"},
        )
        assert built.status is Status.OK, built

    def test_by_its_hash(self, bay: Bay, wheels: Path) -> None:
        digest = hashlib.sha256((wheels / "sapaan-1.0-py3-none-any.whl").read_bytes()).hexdigest()
        good = bay.build({"app.py": APP, "requirements.txt": f"sapaan==1.0 --hash=sha256:{digest}\n"})
        assert good.status is Status.OK, good
        bad = bay.build({"app.py": APP, "requirements.txt": f"sapaan==1.0 --hash=sha256:{'0' * 64}\n"})
        assert (bad.status, "--hash" in bad.message.id) == (Status.BUILD_FAILED, True), bad

    def test_it_answers_with_what_was_installed(
        self, bay: Bay, socket: Path, engine: docker.APIClient, tmp_path: Path
    ) -> None:
        (tmp_path / "app.py").write_text(APP)
        (tmp_path / "requirements.txt").write_text("sapaan==1.0\n")
        built = bay.builder.build(tmp_path, limits=Limits(), label="uji-paket")
        assert built.image is not None, built
        folders = ["/app", "/usr/local/lib/python3.11/dist-packages"]
        code = f"import sys; sys.path[:0] = {folders}; import app; print(app.predict(0, 0))"
        made = engine.create_container(
            built.image,
            ["python3", "-SEc", code],
            user="65534:65534",
            host_config=engine.create_host_config(network_mode="none"),
        )["Id"]
        try:
            engine.start(made)
            engine.wait(made, timeout=60)
            assert engine.logs(made).decode().strip() == "halo"
        finally:
            engine.remove_container(made, force=True)
            engine.remove_image(built.image, force=True)


class TestFailures:
    @pytest.mark.parametrize(
        ("wanted", "words"),
        [
            ("sapan==1.0", ("“sapan==1.0”", "tidak ada di indeks", "ejaan")),
            ("sapaan==9.9", ("“sapaan==9.9”", "1.0, 1.1")),
            ("kompilasi==1.0", ("“kompilasi”", "dikompilasi", "wheel")),
        ],
    )
    def test_what_the_team_is_told(self, bay: Bay, wanted: str, words: tuple[str, ...]) -> None:
        built = bay.build({"app.py": APP, "requirements.txt": f"{wanted}\n"})
        assert built.status is Status.BUILD_FAILED, built
        assert all(word in built.message.id for word in words), built.message.id

    def test_one_file_larger_than_an_image(self, bay: Bay) -> None:
        """Nothing of it is refused by the relay: its 4 MiB are less than twice the limit."""
        built = bay.dockerfile("RUN pip install besar", bytes_over_base=3 * MIB)
        assert built.status is Status.BUILD_FAILED
        assert "terlalu besar" in built.message.id, built.log.decode()

    def test_more_than_a_build_may_fetch(self, bay: Bay) -> None:
        built = bay.dockerfile("RUN pip install besar", bytes_over_base=1 * MIB)
        assert built.status is Status.BUILD_FAILED
        assert "terlalu besar" in built.message.id, built.log.decode()

    def test_without_a_mirror_it_is_refused(self, bay_of: Callable[[Path | None], Bay]) -> None:
        built = bay_of(None).build({"app.py": APP, "requirements.txt": "sapaan==1.0\n"})
        assert (built.status, "tidak tersedia" in built.message.id) == (Status.REFUSED, True)

    def test_without_a_mirror_pip_gives_up_at_once(self, bay_of: Callable[[Path | None], Bay]) -> None:
        built = bay_of(None).dockerfile("RUN pip install sapaan")
        assert built.status is Status.BUILD_FAILED
        assert "Tidak ada jaringan" in built.message.id

    def test_a_mirror_with_and_one_without_are_other_images(
        self, bay: Bay, bay_of: Callable[[Path | None], Bay], tmp_path: Path, engine: docker.APIClient
    ) -> None:
        (tmp_path / "Dockerfile").write_text(f'FROM python\nRUN pip install sapaan || true # {uuid4()}\nCMD ["x"]\n')
        without = bay_of(None).builder.build(tmp_path, limits=Limits(), label="uji-paket")
        with_one = bay.builder.build(tmp_path, limits=Limits(), label="uji-paket")
        assert not with_one.cached
        for image in {without.image, with_one.image} - {None}:
            engine.remove_image(image, force=True)


class TestOurFailures:
    def test_a_mirror_that_is_not_there(
        self, bay_of: Callable[[Path], Bay], short: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("sandbox.docker.build_relay._code", lambda: _impatient())
        bay = bay_of(short / "tidak-ada" / "mirror.sock")
        assert bay.dockerfile("RUN true").status is Status.OK
        assert bay.dockerfile("RUN pip install numpy || exit 0").status is Status.OK
        with pytest.raises(MirrorUnavailable, match=r"\+simple/sapaan/"):
            bay.dockerfile("RUN pip install sapaan")

    def test_a_mirror_that_comes_back(self, bay_of: Callable[[Path], Bay], short: Path, wheels: Path) -> None:
        settings = MirrorSettings(short / "data-2", short / "m2" / "mirror.sock", wheels)
        found: list[Build] = []
        bay = bay_of(settings.socket)
        building = threading.Thread(target=lambda: found.append(bay.dockerfile("RUN sleep 1; pip install sapaan")))
        building.start()
        with mirror(settings, {}):
            building.join()
        assert found[0].status is Status.OK, found

    def test_a_folder_that_cannot_be(self, bay_of: Callable[[Path], Bay], short: Path) -> None:
        (short / "berkas").write_text("")
        with pytest.raises(MirrorUnavailable, match="folder"):
            bay_of(short / "berkas" / "mirror.sock").dockerfile("RUN true")


def _impatient() -> str:
    """The relay, with a mirror that is not there given up after a moment."""
    code = resources.files("sandbox.mirror").joinpath("relay.py").read_text()
    assert "CONNECT_SECONDS = 30.0" in code
    return code.replace("CONNECT_SECONDS = 30.0", "CONNECT_SECONDS = 0.5")


HOSTILE = """
import json, os, socket, threading, time
RELAY = ('127.0.0.1', 3141)
found = {}

def say(data, seconds=20):
    s = socket.socket(); s.settimeout(seconds); s.connect(RELAY); s.sendall(data)
    came = b''
    try:
        while piece := s.recv(65536):
            came += piece
    except OSError:
        pass
    s.close()
    return came

def ask(method, target, *headers):
    return say('\\r\\n'.join([f'{method} {target} HTTP/1.1', 'Host: x', *headers, '', '']).encode())

def status(answer):
    return answer[9:12].decode()

found['page'] = status(ask('GET', '/simple/sapaan/'))
for method in ('POST', 'PUT', 'DELETE', 'PATCH', 'CONNECT', 'REFRESH', 'OPTIONS'):
    found[method] = status(ask(method, '/simple/sapaan/'))
for target in ('/', '/+api', '/+login', '/+status', '/' + 'root/pypi', '/simple/', '/+f/../../+api',
               '/simple/..%2f..%2f+api/', 'http://127.0.0.1:9/', '/' + 'root/pypi/+simple/sapaan/',
               '/simple/sapaan/?x=1'):
    found[target] = status(ask('GET', target))
found['body'] = status(ask('GET', '/simple/sapaan/', 'Content-Length: 3'))
two = say(b'GET /simple/sapaan/ HTTP/1.1\\r\\nHost: x\\r\\n\\r\\nPOST /+login HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n')
found['pipelined'] = two.count(b'HTTP/1.1 ')
found['long head'] = status(say(b'GET /simple/sapaan/ HTTP/1.1\\r\\nX: ' + b'x' * 60000)) or 'closed'

found['mirror folder'] = os.path.exists('/mirror')
lines = [open(f'/proc/{p}/cmdline', 'rb').read() for p in os.listdir('/proc') if p.isdigit()]
found['processes'] = [line.decode() for line in lines if b'-ISEuc' in line]
found['sockets'] = [p for p in ('/mirror/mirror.sock', '/var/run/docker.sock', '/run/docker.sock') if os.path.exists(p)]
abstract = [line.split()[-1] for line in open('/proc/net/unix') if '@' in line]
found['abstract'] = abstract
ports = {int(line.split()[1].split(':')[1], 16) for line in list(open('/proc/net/tcp'))[1:] if line.split()[3] == '0A'}
found['listening'] = sorted(ports)
names = [line.split(':')[0].strip() for line in list(open('/proc/net/dev'))[2:]]
found['interfaces'] = [name for name in names if name not in ('lo', 'tunl0', 'sit0', 'ip6tnl0')]
reached = []
for host in ('1.1.1.1', '172.17.0.1', '10.0.0.1', '169.254.169.254', '192.168.0.1'):
    s = socket.socket(); s.settimeout(1)
    try:
        s.connect((host, 80)); reached.append(host)
    except OSError:
        pass
    s.close()
found['reached'] = reached

raw = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
raw.settimeout(0.5)
ask('GET', '/simple/sapaan/')
heard = b''
try:
    while len(heard) < 1 << 20:
        heard += raw.recv(65536)
except OSError:
    pass
found['sniffed'] = b'sapaan' in heard
secrets = ('root/pypi', 'mirror.sock', 'Authorization', 'Cookie')
found['sniffed of the mirror'] = [word for word in secrets if word.encode() in heard]

opened, refused = [], 0
for _ in range(400):
    s = socket.socket(); s.settimeout(5)
    try:
        s.connect(RELAY); opened.append(s)
    except OSError:
        refused += 1
for s in opened:
    s.close()
end = time.monotonic() + 60
while status(answer := ask('GET', '/simple/sapaan/')) != '200' and time.monotonic() < end:
    time.sleep(0.1)
found['after a flood'] = status(answer)
print('TEMUAN ' + json.dumps(found), flush=True)
"""


def test_a_step_that_wants_more_than_packages(bay: Bay) -> None:
    built = bay.dockerfile("RUN python3 jahat.py && pip install sapaan", files={"jahat.py": HOSTILE})
    assert built.status is Status.OK, built.log[-3000:]
    line = next(line for line in built.log.decode().splitlines() if line.startswith("TEMUAN "))
    found = json.loads(line.removeprefix("TEMUAN "))
    assert found.pop("page") == "200"
    assert found.pop("after a flood") == "200"
    assert found.pop("sniffed") is True
    assert {found.pop(method) for method in ("POST", "PUT", "DELETE", "PATCH", "CONNECT", "REFRESH", "OPTIONS")} == {
        "405"
    }
    assert {found.pop(target) for target in list(found) if "/" in target} == {"404"}
    assert found == {
        "body": "400",
        "pipelined": 1,
        "long head": found["long head"],
        "mirror folder": False,
        "processes": [],
        "sockets": [],
        "abstract": [],
        "listening": [3141],
        "interfaces": [],
        "reached": [],
        "sniffed of the mirror": [],
    }
    assert found["long head"] in ("431", "closed")


def test_the_relay_is_walled_in(
    bay: Bay, engine: docker.APIClient, socket: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[dict[str, object]] = []
    ready = relays.wait_until_ready

    def look(client: docker.APIClient, relay: str) -> None:
        seen.append(client.inspect_container(relay))
        ready(client, relay)

    monkeypatch.setattr("sandbox.docker.build_holders.wait_until_ready", look)
    assert bay.dockerfile("RUN true").status is Status.OK
    (relay,) = seen
    host, config = relay["HostConfig"], relay["Config"]
    assert isinstance(host, dict)
    assert isinstance(config, dict)
    assert (host["NetworkMode"], host["ReadonlyRootfs"], host["CapDrop"]) == ("none", True, ["ALL"])
    privileges, profile = host["SecurityOpt"]
    assert privileges == "no-new-privileges:true"
    assert json.loads(profile.removeprefix("seccomp="))["defaultAction"] == "SCMP_ACT_ERRNO"
    assert config["User"] == "65534:65534"
    (mount,) = relay["Mounts"]  # type: ignore[misc]
    assert (mount["Source"], mount["RW"]) == (str(socket.parent), False)
    assert not [
        entry for entry in config["Env"] if not entry.startswith(("PATH=", "LANG=", "PIP_", "PYTHONUNBUFFERED="))
    ]


def test_the_walls_of_a_build_hold_beside_its_relay(socket: Path) -> None:
    provider = DockerProvider(graders=0, mirror=socket)
    try:
        with careless_service() as service:
            found = list(try_step(provider, service, Cancel()))
    finally:
        provider.close()
    assert len(found) > 10
    assert [finding for finding in found if not finding.held] == []


def test_cold_warm_and_with_the_index_gone(bay_of: Callable[[Path], Bay], short: Path, wheels: Path) -> None:
    settings = MirrorSettings(short / "devpi", short / "d" / "mirror.sock")
    bay = bay_of(settings.socket)
    env = {**os.environ, "HOME": str(short), "PIP_CONFIG_FILE": "/dev/null"}
    install = {"app.py": APP, "requirements.txt": "sapaan==1.0\n"}
    with index(wheels, broken="rusak") as address, mirror(settings, {**env, "PIP_INDEX_URL": address}):
        with pytest.raises(PackageUnavailable, match="rusak alone"):
            bay.build({"app.py": APP, "requirements.txt": "rusak==1.0\n"})
        cold = bay.build(install)
        assert cold.status is Status.OK, cold
        assert bay.build(install).status is Status.OK
        # What went while it runs is fetched again.
        assert collect(files_of(settings.folder), Keeping(0), now=time.time() + 10_000) > 0
        assert collect(files_of(settings.folder), Keeping(0), now=time.time() + 10_000) == 0
        assert bay.build(install).status is Status.OK
        unknown = bay.build({"app.py": APP, "requirements.txt": "sapan==1.0\n"})
        assert "tidak ada di indeks" in unknown.message.id, unknown
    # The same address, and nobody there any more.
    with mirror(settings, {**env, "PIP_INDEX_URL": address}):
        warm = bay.build(install)
        assert warm.status is Status.OK, warm
        with pytest.raises(MirrorUnavailable, match="besar") as away:
            bay.build({"app.py": APP, "requirements.txt": "besar==1.0\n"})
        assert not isinstance(away.value, PackageUnavailable)


def test_an_evaluation_of_a_prototype_with_packages(short: Path, socket: Path, tmp_path: Path) -> None:
    """The provider hands its mirror on."""
    (tmp_path / "app.py").write_text(APP)
    (tmp_path / "requirements.txt").write_text("sapaan==1.1\n")
    provider = DockerProvider(graders=0, mirror=socket)
    try:
        built = provider.build(tmp_path, limits=Limits(), label="uji-paket")
        assert built.image is not None, built
        provider.remove_image(built.image)
        assert provider.circumstances()["mirror"] == "relay"
    finally:
        provider.close()
