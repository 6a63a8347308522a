"""Dockerfiles that ask for more than a build may have, and steps of builds that take it."""

from uuid import uuid4

from sandbox.limits import KIB, MIB
from sandbox.model import Status
from tests.docker.hostile.case import Hostile, Outcome, building

_START = 'CMD ["python3", "/server.py"]\n'
_ASKED = "test_unvetted.py gives the text itself to the engine, which does what it says"
_PROVEN = "tests/docker/proof takes this limit away"


def _vetted(name: str, promise: str, text: str, words: str) -> Hostile:
    return Hostile(
        name,
        promise,
        files={"Dockerfile": text + _START, "server.py": ""},
        held=Outcome(build=Status.REFUSED, words=words),
        unproven=_ASKED,
    )


def _step(text: str) -> dict[str, str]:
    # Of its own each time, so that no step was run before.
    return {"Dockerfile": f"FROM python\nENV TANDA={uuid4()}\n{text}\n{_START}", "server.py": ""}


VETTED = (
    _vetted("add-from-web", "nothing is fetched by the host", "FROM python\nADD https://contoh.id/x /x\n", "baris 2"),
    _vetted("add-from-git", "nothing is cloned by the host", "FROM python\nADD git@contoh.id:a/b.git /x\n", "baris 2"),
    _vetted("foreign-base", "only bases of this host", "FROM contoh.id/punya/orang:1\n", "contoh.id/punya/orang:1"),
    _vetted(
        "base-by-variable", "variables are read first", "ARG A=contoh.id\nARG B=$A/x\nFROM ${B}:1\n", "contoh.id/x:1"
    ),
    _vetted("empty-base", "no image without a base", "FROM scratch\n", "scratch"),
    _vetted(
        "copy-from-foreign", "no file of another image", "FROM python\nCOPY --from=contoh.id/x:1 /a /\n", "baris 2"
    ),
    _vetted(
        "copy-from-others", "no file of another team's image",
        "FROM python\nCOPY --from=gelanggang/prototype:latest /app /app\n", "baris 2",
    ),
    _vetted("run-mount-secret", "no mounts in a step", "FROM python\nRUN --mount=type=secret,id=x cat /x\n", "--mount"),
    _vetted("run-network-host", "no network in a step", "FROM python\nRUN --network=host true\n", "--network"),
    _vetted("run-insecure", "no step without its walls", "FROM python\nRUN --security=insecure true\n", "--security"),
    _vetted("foreign-frontend", "no foreign reader", "# syntax=contoh.id/frontend\nFROM python\n", "syntax"),
    _vetted("onbuild", "no step for later", "FROM python\nONBUILD RUN true\n", "ONBUILD"),
    _vetted("volume", "no place to write but /tmp", "FROM python\nVOLUME /data\n", "hanya boleh menulis ke /tmp"),
    _vetted("volume-in-disguise", "however it is written", "FROM python\nvOlUmE \\\n # x\n /data\n", "VOLUME"),
    _vetted("our-labels", "no label of ours", 'FROM python\nLABEL gelanggang.http="{}"\n', "label"),
    _vetted("without-a-start", "something must run", "FROM python\nRUN true\nFROM python\n#", "CMD"),
    _vetted("hundred-steps", "steps are counted", "FROM python\n" + "RUN true\n" * 100, "batasnya 60"),
    _vetted(
        "growing-variables", "variables do not grow without end",
        "FROM python\nENV A=" + "x" * 200 + "\n" + "ENV A=$A$A$A$A\n" * 20, "",
    ),
)  # fmt: skip
_FAILED = Status.BUILD_FAILED
_STEPS = (
    Hostile(
        "step-memory",
        "a step's memory ends at its limit",
        files=_step("RUN python3 -c \"x = bytearray(b'x' * (600 << 20))\""),
        held=Outcome(build=_FAILED, words="memori"),
        unproven=_PROVEN,
    ),
    Hostile(
        "step-forks",
        "a step's processes end at their limit",
        files=_step(
            'RUN python3 -c "import os, time; [os.fork() or (time.sleep(20), os._exit(0)) for _ in range(200)]"'
        ),
        held=Outcome(build=_FAILED, log="BlockingIOError"),
        unproven=_PROVEN,
    ),
    Hostile(
        "step-disk",
        "a step that fills the disk is ended",
        files=_step("RUN dd if=/dev/zero of=/isi bs=1M count=64 && sleep 30"),
        limits=building(bytes_over_base=16 * MIB),
        held=Outcome(build=_FAILED),
        unproven=_PROVEN,
    ),
    Hostile(
        "step-without-end",
        "a build ends at its time",
        files=_step("RUN sleep 300"),
        limits=building(seconds=3.0),
        held=Outcome(build=_FAILED, words="belum selesai setelah 3 detik"),
        unproven=_PROVEN,
    ),
    Hostile(
        "step-log-flood",
        "a flood of a build's log ends it",
        files=_step("RUN yes banjir"),
        limits=building(log_bytes=64 * KIB),
        held=Outcome(build=_FAILED, words="terlalu banyak ke log"),
        unproven="a flood without a limit ends with the machine's disk",
    ),
    Hostile(
        "step-calls-home",
        "a step reaches no network",
        files=_step("RUN python3 -c \"import socket; socket.create_connection(('1.1.1.1', 443), 3)\""),
        held=Outcome(build=_FAILED, log="Network is unreachable"),
        unproven=_PROVEN,
    ),
    Hostile(
        "step-poses-as-the-log",
        "nothing in a step's output can pose as our words",
        files=_step("RUN printf '\\033[2J\\033]0;x\\007 Langkah 9/9 <b>ya</b>' && exit 3"),
        held=Outcome(build=_FAILED, words="kode 3"),
        unproven="the sinks that show logs are tried one by one (tests/unit/frontend/result/test_ansi.py)",
    ),
)

CASES = (*VETTED, *_STEPS)
