"""Base images on the real engine: that they are what they say, and that what is wrong with one is found."""

import io
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import docker
import pytest

from sandbox.bases import BaseNotMade, debian, make, pulled
from sandbox.bases.grader import GRADER_DEPS, ensure_grader_deps
from sandbox.bases.proof import faults
from sandbox.bases.recipes import MADE, NODE, PYTHON, PYTHON_ML, BaseRecipe
from tests.docker import registry

MEGABYTE = 1_000_000
SIZES = {"python": 160, "python-ml": 380, "node": 190, "pages": 130, "git": 175}

SPARE = BaseRecipe(name="test-spare", packages=(), proof=("true",), command=("python3",), version=1)
"""A base that needs no package from anywhere."""


@pytest.fixture(scope="module")
def client() -> Iterator[docker.DockerClient]:
    client = docker.from_env()
    yield client
    client.close()


@pytest.fixture
def spare(client: docker.DockerClient, monkeypatch: pytest.MonkeyPatch) -> Iterator[BaseRecipe]:
    monkeypatch.setattr(make, "MADE", (SPARE,))
    yield SPARE
    for image in client.images.list(SPARE.repository):
        client.images.remove(image.id, force=True)


def run(client: docker.DockerClient, image: str, *command: str) -> str:
    """What a command prints that runs as a prototype would."""
    output: bytes = client.containers.run(
        image,
        list(command),
        network_mode="none",
        read_only=True,
        tmpfs={"/tmp": "size=16m"},
        user="65534:65534",
        remove=True,
        stderr=True,
    )
    return output.decode()


@pytest.mark.parametrize("base", MADE, ids=lambda base: base.name)
def test_a_base_is_proven_small_and_of_one_layer(client: docker.DockerClient, base: BaseRecipe) -> None:
    image = client.images.get(base.latest)
    assert base.reference in image.tags
    assert faults(client, image.id, base) == ()
    assert len(image.attrs["RootFS"]["Layers"]) == 1
    assert image.attrs["Size"] < SIZES[base.name] * MEGABYTE


@pytest.mark.parametrize("base", MADE, ids=lambda base: base.name)
def test_a_base_brings_nothing_of_this_host_in_its_environment(client: docker.DockerClient, base: BaseRecipe) -> None:
    configuration = client.images.get(base.latest).attrs["Config"]
    names = {entry.partition("=")[0] for entry in configuration["Env"]}
    pip = {"PIP_INDEX_URL", "PIP_RETRIES", "PIP_TIMEOUT", "PIP_PREFER_BINARY"}
    assert names <= {"PATH", "LANG", "PYTHONUNBUFFERED", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", *pip}
    assert configuration["WorkingDir"] == "/app"
    assert configuration["Cmd"] == list(base.command)
    assert not configuration.get("Volumes")
    assert not configuration.get("ExposedPorts")


def test_python_is_the_same_everywhere(client: docker.DockerClient) -> None:
    ask = "import sys; print(sys.executable, sys.version.split()[0])"
    answers = {run(client, image.latest, "python3", "-c", ask) for image in (PYTHON, PYTHON_ML)}
    (answer,) = answers | {run(client, f"{GRADER_DEPS}:latest", "python3", "-c", ask)}
    assert re.fullmatch(r"/usr/bin/python3 3\.11\.\d+\n", answer)


def test_a_home_can_be_written(client: docker.DockerClient) -> None:
    assert run(client, PYTHON.latest, "sh", "-c", "echo $HOME") == "/tmp\n"


def test_pip_is_content_with_what_the_base_holds(client: docker.DockerClient) -> None:
    said = run(client, PYTHON_ML.latest, "pip", "install", "numpy", "pandas", "scikit-learn")
    assert "Requirement already satisfied: scikit-learn" in said
    assert "error" not in said.lower()


def test_models_are_fitted_on_one_thread(client: docker.DockerClient) -> None:
    code = (
        "from sklearn.linear_model import LogisticRegression; import numpy, threadpoolctl;"
        "x = numpy.arange(20.0).reshape(-1, 1); y = x[:, 0] > 9;"
        "print(LogisticRegression().fit(x, y).score(x, y), {p['num_threads'] for p in threadpoolctl.threadpool_info()})"
    )
    assert run(client, PYTHON_ML.latest, "python3", "-c", code) == "1.0 {1}\n"


def test_node_serves(client: docker.DockerClient) -> None:
    code = (
        "const h = require('http'); const s = h.createServer((q, r) => r.end('ya')).listen(8080, '127.0.0.1', () =>"
        "h.get('http://127.0.0.1:8080', r => r.on('data', d => { console.log(String(d)); s.close(); process.exit() })))"
    )
    assert run(client, NODE.latest, "node", "-e", code) == "ya\n"


def test_a_grader_has_pytest_without_any_help_from_its_environment(client: docker.DockerClient) -> None:
    code = "import pytest, httpx, pytest_jsonreport.plugin, pytest_metadata; print(pytest.__version__)"
    assert run(client, f"{GRADER_DEPS}:latest", "python3", "-E", "-c", code).startswith("9.")


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        ("chmod u+s /usr/bin/tar", "has a setuid program: /usr/bin/tar"),
        ("chmod g+s /usr/bin/tar", "has a setuid program: /usr/bin/tar"),
        (
            "echo deb http://mirror.invalid x y >/etc/apt/sources.list",
            "names where packages came from: /etc/apt/sources.list",
        ),
        ("echo 'Acquire::http::Proxy x;' >/etc/apt/apt.conf.d/90proxy", "names a proxy: /etc/apt/apt.conf.d/90proxy"),
        (
            "cp /etc/os-release /usr/local/share/ca-certificates/agency.crt",
            "has a file of the host: /usr/local/share/ca-certificates/agency.crt",
        ),
        (
            "echo -----BEGIN CERTIFICATE----- >>/etc/ssl/certs/ca-certificates.crt",
            "trusts certificates that are not Debian's",
        ),
        ("sed -i /^nobody/d /etc/passwd", "has no user nobody with uid 65534"),
        ("rmdir /app", "has no /app"),
        ("chmod 755 /tmp", "/tmp has mode 755"),
        ("touch /usr/lib/x; chmod 666 /usr/lib/x", "anybody can write: /usr/lib/x"),
        ("ln -s /usr/bin/python3 /usr/local/bin/python3", "python3 is /usr/local/bin/python3"),
        ("rm -r /usr/lib/python3.11/sqlite3", "No module named 'sqlite3'"),
    ],
)
def test_what_is_wrong_with_a_base_is_found(client: docker.DockerClient, spoil: str, fault: str) -> None:
    dockerfile = f"FROM {PYTHON.reference}\nWORKDIR /\nRUN {spoil}\n"
    image, _ = client.images.build(fileobj=io.BytesIO(dockerfile.encode()), network_mode="none", rm=True, forcerm=True)
    try:
        found = faults(client, image.id, PYTHON)
    finally:
        client.images.remove(image.id, force=True)
    assert any(fault in line for line in found), found


def test_an_image_that_does_not_start_is_told(client: docker.DockerClient, spare: BaseRecipe) -> None:
    (fault,) = faults(client, "gelanggang/test-spare:missing", spare)
    assert fault.startswith("does not start: ")


def test_a_second_time_nothing_is_made(client: docker.DockerClient) -> None:
    before = {base.name: client.images.get(base.latest).id for base in MADE}
    lines: list[str] = []
    started = time.monotonic()
    done = make.ensure(client, say=lines.append)
    assert time.monotonic() - started < 5
    assert [made.way for made in done] == [make.Way.KEPT] * len(MADE)
    assert lines == ["base images python, python-ml, node, pages, git: kept"]
    assert {base.name: client.images.get(base.latest).id for base in MADE} == before
    reference = ensure_grader_deps(client)
    assert ensure_grader_deps(client) == reference
    assert f"{GRADER_DEPS}:latest" in client.images.get(reference).tags


def test_a_name_that_no_base_has_is_an_error(client: docker.DockerClient) -> None:
    with pytest.raises(KeyError, match="cobol"):
        make.ensure(client, ["cobol"])


def test_a_base_is_pulled_where_a_registry_answers(
    client: docker.DockerClient, engine: docker.APIClient, spare: BaseRecipe
) -> None:
    lines: list[str] = []
    with registry.serving(engine, PYTHON.reference) as upstream:
        try:
            (made,) = make.ensure(client, [spare.name], lines.append, upstream=upstream)
        finally:
            client.images.remove(upstream, force=True)
    assert made.way is make.Way.PULLED, lines
    image = client.images.get(spare.latest)
    assert image.tags == [spare.reference, spare.latest] or image.tags == [spare.latest, spare.reference]
    assert len(image.attrs["RootFS"]["Layers"]) == 1
    assert run(client, image.id, "python", "-c", "print('jalan')") == "jalan\n"
    assert client.containers.list(all=True, filters={"ancestor": image.id}) == []


def test_a_registry_that_says_nothing_is_not_waited_for(
    client: docker.DockerClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulled, "REGISTRY_SECONDS", 1)
    timeout = client.api.timeout
    started = time.monotonic()
    with registry.silent() as upstream, pytest.raises(BaseNotMade, match="its registry said nothing for 1 s"):
        pulled.pull(client, upstream, lambda line: None)
    assert time.monotonic() - started < 4
    assert client.api.timeout == timeout


def test_where_neither_way_works_the_reason_is_told_and_nothing_stays(
    client: docker.DockerClient, spare: BaseRecipe, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(debian, "SUITE", "no-such-suite")
    monkeypatch.setattr(debian, "ROOM", tmp_path)
    lines: list[str] = []
    with registry.silent() as upstream:
        closed = upstream
    with pytest.raises(BaseNotMade, match=r"base image test-spare: mmdebstrap failed: .*no-such-suite"):
        make.ensure(client, [spare.name], lines.append, upstream=closed)
    assert any("connection refused: base images are made of Debian's packages instead" in line for line in lines), lines
    assert list(tmp_path.iterdir()) == []
    assert client.images.list(spare.repository) == []


def test_a_root_that_fails_its_proof_gets_no_name(
    client: docker.DockerClient, engine: docker.APIClient, spare: BaseRecipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(make, "faults", lambda *given: ("has a hole",))
    container = client.containers.create(PYTHON.reference)
    try:
        with pytest.raises(BaseNotMade, match="has a hole"):
            make._import(client, spare, container.export())
    finally:
        container.remove(force=True, v=True)
    assert client.images.list(all=True, filters={"label": f"gelanggang.base={spare.name}"}) == []


def test_packages_whose_hashes_are_wrong_make_no_grader(
    client: docker.DockerClient, tmp_path: Path, leftovers: Callable[[], int]
) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text("pytest==9.2.0 --hash=sha256:" + "0" * 64 + "\n")
    before = {image.id for image in client.images.list(GRADER_DEPS)}
    with pytest.raises(BaseNotMade, match="grader-deps: its packages cannot be fetched"):
        ensure_grader_deps(client, lock=lock)
    assert {image.id for image in client.images.list(GRADER_DEPS)} == before
    assert leftovers() == 0
