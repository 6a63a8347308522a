"""Every wall, as data: what it keeps from happening, and what to do on a host where it is missing."""

from sandbox.model import Text
from sandbox.proof.model import Place, Wall

_NETWORK = Text(
    "Prototipe dan build harus hanya punya loopback. Periksa apakah mesin container menghormati --network none dan "
    "ruang nama jaringan bersama; runtime lain mungkin memakai jaringan host.",
    "Prototypes and builds must have loopback only. Check that the engine honours --network none and a shared "
    "network namespace; another runtime may use the host's network.",
)
_SECCOMP = Text(
    "Runtime tidak menerapkan saringan panggilan sistem. Pakai runtime dan kernel dengan seccomp, atau runtime lain "
    "lewat GELANGGANG_CONTAINER_RUNTIME.",
    "The runtime does not apply the filter of system calls. Use a runtime and a kernel with seccomp, or another "
    "runtime by GELANGGANG_CONTAINER_RUNTIME.",
)
_CGROUP = Text(
    "Kernel atau mesin container tidak menegakkan batas ini. Periksa cgroup (memory, pids, cpu) dan drivernya; "
    "lihat tabel dukungan di docs/security.md.",
    "The kernel or the engine does not enforce this limit. Check the control groups (memory, pids, cpu) and their "
    "driver; see the table of support in docs/security.md.",
)
_RUNTIME = Text(
    "Runtime mengabaikan pilihan keamanan. Pakai runc atau crun yang mutakhir, tanpa --privileged dan tanpa "
    "pengaturan bawaan yang melonggarkannya.",
    "The runtime ignores a security option. Use a current runc or crun, without --privileged and without defaults that "
    "loosen it.",
)
_FILES = Text(
    "Periksa pengandar penyimpanan (overlay2) dan pengaturan bawaan mesin container; jangan pasang folder host.",
    "Check the storage driver (overlay2) and the defaults of the engine; mount no folder of the host.",
)
_OURS = Text(
    "Ini pemeriksaan milik Gelanggang sendiri. Perbarui Gelanggang, dan laporkan (docs/security.md).",
    "This is a check of Gelanggang's own. Update Gelanggang, and report it (docs/security.md).",
)


def _run(name: str, title: tuple[str, str], missing: tuple[str, str], todo: Text) -> Wall:
    return Wall(name, Place.RUN, Text(*title), Text(*missing), todo)


def _build(name: str, title: tuple[str, str], missing: tuple[str, str], todo: Text) -> Wall:
    return Wall(f"build-{name}", Place.BUILD, Text(*title), Text(*missing), todo)


def _vetted(name: str, title: tuple[str, str], missing: tuple[str, str]) -> Wall:
    return Wall(name, Place.VETTING, Text(*title), Text(*missing), _OURS)


RUN_WALLS = (
    _run(
        "network",
        ("Jaringan", "Network"),
        ("Prototipe punya jalan keluar ke jaringan.", "A prototype has a way out to a network."),
        _NETWORK,
    ),
    _run(
        "names",
        ("Nama (DNS)", "Names (DNS)"),
        (
            "Prototipe bisa menanyakan nama di internet, dan dengannya mengirim data.",
            "A prototype can resolve names, and send data by it.",
        ),
        _NETWORK,
    ),
    _run(
        "host-services",
        ("Layanan host", "Services of the host"),
        ("Prototipe bertemu layanan host di 0.0.0.0.", "A prototype meets services that the host runs on 0.0.0.0."),
        _NETWORK,
    ),
    _run(
        "loopback",
        ("Loopback sendiri", "Own loopback"),
        ("Ada yang lain di loopback prototipe.", "Somebody else listens on the prototype's loopback."),
        _NETWORK,
    ),
    _run(
        "engine",
        ("Soket mesin container", "Socket of the engine"),
        (
            "Soket atau folder mesin container terlihat: sama dengan root di host.",
            "A socket or folder of the engine is in sight: the same as root on the host.",
        ),
        _FILES,
    ),
    _run(
        "mounts",
        ("Folder host", "Folders of the host"),
        ("Folder host terpasang di dalam.", "A folder of the host is mounted inside."),
        _FILES,
    ),
    _run(
        "environment",
        ("Variabel lingkungan", "Environment"),
        ("Prototipe melihat variabel yang bukan miliknya.", "A prototype sees variables that are none of its own."),
        _RUNTIME,
    ),
    _run(
        "neighbours",
        ("Proses lain", "Other processes"),
        ("Prototipe melihat proses host atau grader.", "A prototype sees processes of the host or the grader."),
        _RUNTIME,
    ),
    _run(
        "user",
        ("Pengguna biasa", "Plain user"),
        ("Prototipe berjalan sebagai pengguna lain, mungkin root.", "A prototype runs as another user, maybe root."),
        _RUNTIME,
    ),
    _run(
        "capabilities",
        ("Tanpa kapabilitas", "No capabilities"),
        ("Prototipe punya kapabilitas kernel.", "A prototype has capabilities of the kernel."),
        _RUNTIME,
    ),
    _run(
        "privileges",
        ("Tanpa hak baru", "No new privileges"),
        (
            "Program boleh memperoleh hak baru saat menjalankan program lain.",
            "A program may gain privileges when it starts another.",
        ),
        _RUNTIME,
    ),
    _run(
        "setuid",
        ("Setuid mati", "Set-user-ID off"),
        ("Program setuid berjalan sebagai root.", "A set-user-ID program runs as root."),
        _RUNTIME,
    ),
    _run(
        "call-filter",
        ("Saringan panggilan sistem", "Filter of system calls"),
        ("Tidak ada saringan seccomp.", "There is no seccomp filter."),
        _SECCOMP,
    ),
    _run(
        "sockets",
        ("Jenis soket", "Socket families"),
        (
            "Soket paket, vsock, atau sejenisnya bisa dibuka.",
            "Packet, vsock or similar sockets can be opened.",
        ),
        _SECCOMP,
    ),
    _run(
        "io-uring",
        ("io_uring", "io_uring"),
        ("io_uring terbuka dan melewati saringan.", "io_uring is open and passes the filter by."),
        _SECCOMP,
    ),
    _run(
        "ptrace",
        ("ptrace", "ptrace"),
        ("Proses bisa dilacak dengan ptrace.", "Processes can be traced by ptrace."),
        _SECCOMP,
    ),
    _run(
        "process-memory",
        ("Memori proses", "Memory of processes"),
        ("process_vm_readv terbuka.", "process_vm_readv is open."),
        _SECCOMP,
    ),
    _run(
        "namespaces",
        ("Ruang nama", "Namespaces"),
        (
            "Prototipe bisa membuat ruang nama pengguna dan menjadi root di dalamnya.",
            "A prototype can make a user namespace and be root in it.",
        ),
        _SECCOMP,
    ),
    _run(
        "keyrings",
        ("Gantungan kunci kernel", "Kernel keyrings"),
        ("Gantungan kunci kernel terbuka.", "The keyrings of the kernel are open."),
        _SECCOMP,
    ),
    _run(
        "performance-counters",
        ("Penghitung kinerja", "Performance counters"),
        ("perf_event_open terbuka.", "perf_event_open is open."),
        _SECCOMP,
    ),
    _run(
        "kernel-programs",
        ("bpf", "bpf"),
        ("Program bisa dimuat ke kernel dengan bpf.", "Programs can be put into the kernel by bpf."),
        _SECCOMP,
    ),
    _run(
        "mounting",
        ("Pemasangan", "Mounting"),
        ("Prototipe bisa memasang sistem berkas.", "A prototype can mount a file system."),
        _SECCOMP,
    ),
    _run(
        "kernel-calls",
        ("Panggilan kernel lain", "Other kernel calls"),
        (
            "userfaultfd, modul kernel, atau setns terbuka.",
            "userfaultfd, kernel modules or setns are open.",
        ),
        _SECCOMP,
    ),
    _run(
        "devices",
        ("Perangkat", "Devices"),
        ("Perangkat mesin bisa dibuka.", "A device of the machine can be opened."),
        _RUNTIME,
    ),
    _run(
        "kernel-files",
        ("/proc dan /sys", "/proc and /sys"),
        ("Sakelar kernel di /proc atau /sys terbuka.", "Switches of the kernel in /proc or /sys are open."),
        _RUNTIME,
    ),
    _run(
        "read-only",
        ("Akar hanya-baca", "Read-only root"),
        ("Prototipe bisa menulis di luar /tmp, tanpa batas.", "A prototype can write outside /tmp, without a limit."),
        _FILES,
    ),
    _run(
        "shared-memory",
        ("Memori bersama", "Shared memory"),
        ("/dev/shm atau antrean pesan bisa ditulis.", "/dev/shm or message queues can be written."),
        _RUNTIME,
    ),
    _run(
        "oom-order",
        ("Urutan kehabisan memori", "Order when memory ends"),
        (
            "Bila host kehabisan memori, proses host bisa mati lebih dahulu.",
            "Where the host runs out of memory, its own processes may be the first to go.",
        ),
        _RUNTIME,
    ),
    _run(
        "memory",
        ("Memori", "Memory"),
        ("Prototipe mengambil memori melebihi batasnya.", "A prototype takes more memory than its limit."),
        _CGROUP,
    ),
    _run(
        "processes",
        ("Proses", "Processes"),
        ("Prototipe memulai proses tanpa batas.", "A prototype starts processes without a limit."),
        _CGROUP,
    ),
    _run(
        "cpu",
        ("CPU", "CPU"),
        ("Prototipe memakai semua prosesor.", "A prototype takes all processors."),
        _CGROUP,
    ),
    _run(
        "tmp",
        ("Ukuran /tmp", "Size of /tmp"),
        ("/tmp tidak berakhir pada ukurannya.", "/tmp does not end at its size."),
        _FILES,
    ),
    _run(
        "open-files",
        ("Berkas terbuka", "Open files"),
        ("Berkas terbuka atau berkas core tidak dibatasi.", "Open files or core files are not limited."),
        _RUNTIME,
    ),
    _run(
        "log-flood",
        ("Banjir log", "Flood of logs"),
        (
            "Prototipe bisa membanjiri log dan membebani mesin container.",
            "A prototype can flood its log and the engine.",
        ),
        _OURS,
    ),
    _run(
        "deadline",
        ("Batas waktu", "Deadline"),
        ("Prototipe yang tidak menjawab tidak diakhiri.", "A prototype that never answers is not ended."),
        _OURS,
    ),
)

BUILD_WALLS = (
    _build(
        "network",
        ("Jaringan saat membangun", "Network of a build"),
        ("Langkah build punya jalan keluar ke jaringan.", "A step of a build has a way out to a network."),
        _NETWORK,
    ),
    _build(
        "names",
        ("Nama (DNS) saat membangun", "Names (DNS) of a build"),
        ("Langkah build bisa menanyakan nama di internet.", "A step of a build can resolve names."),
        _NETWORK,
    ),
    _build(
        "host-services",
        ("Layanan host saat membangun", "Services of the host, from a build"),
        ("Langkah build bertemu layanan host.", "A step of a build meets services of the host."),
        _NETWORK,
    ),
    _build(
        "engine",
        ("Soket mesin container saat membangun", "Socket of the engine, in a build"),
        ("Soket mesin container terlihat dari build.", "A socket of the engine is in sight of a build."),
        _FILES,
    ),
    _build(
        "mounts",
        ("Folder host saat membangun", "Folders of the host, in a build"),
        ("Folder host terpasang di dalam build.", "A folder of the host is mounted in a build."),
        _FILES,
    ),
    _build(
        "environment",
        ("Variabel saat membangun", "Environment of a build"),
        ("Langkah build melihat variabel yang bukan miliknya.", "A step of a build sees variables of others."),
        _RUNTIME,
    ),
    _build(
        "neighbours",
        ("Proses lain saat membangun", "Other processes, from a build"),
        ("Langkah build melihat proses host.", "A step of a build sees processes of the host."),
        _RUNTIME,
    ),
    _build(
        "capabilities",
        ("Kapabilitas saat membangun", "Capabilities of a build"),
        (
            "Langkah build punya lebih dari kapabilitas bawaan.",
            "A step of a build has more than the usual capabilities.",
        ),
        _RUNTIME,
    ),
    _build(
        "call-filter",
        ("Saringan panggilan saat membangun", "Filter of system calls of a build"),
        ("Tidak ada saringan seccomp di build.", "There is no seccomp filter in a build."),
        _SECCOMP,
    ),
    _build(
        "namespaces",
        ("Ruang nama saat membangun", "Namespaces of a build"),
        ("Langkah build bisa membuat ruang nama.", "A step of a build can make namespaces."),
        _SECCOMP,
    ),
    _build(
        "mounting",
        ("Pemasangan saat membangun", "Mounting in a build"),
        ("Langkah build bisa memasang sistem berkas.", "A step of a build can mount a file system."),
        _SECCOMP,
    ),
    _build(
        "kernel-programs",
        ("bpf saat membangun", "bpf in a build"),
        ("Langkah build bisa memuat program ke kernel.", "A step of a build can put programs into the kernel."),
        _SECCOMP,
    ),
    _build(
        "keyrings",
        ("Gantungan kunci kernel saat membangun", "Kernel keyrings, from a build"),
        ("Gantungan kunci kernel terbuka bagi build.", "The keyrings of the kernel are open to a build."),
        _SECCOMP,
    ),
    _build(
        "devices",
        ("Perangkat saat membangun", "Devices of a build"),
        ("Langkah build bisa membuka perangkat mesin.", "A step of a build can open a device of the machine."),
        _RUNTIME,
    ),
    _build(
        "kernel-files",
        ("/proc dan /sys saat membangun", "/proc and /sys of a build"),
        ("Langkah build bisa memutar sakelar kernel.", "A step of a build can turn switches of the kernel."),
        _RUNTIME,
    ),
    _build(
        "memory",
        ("Memori saat membangun", "Memory of a build"),
        ("Build mengambil memori melebihi batasnya.", "A build takes more memory than its limit."),
        _CGROUP,
    ),
    _build(
        "processes",
        ("Proses saat membangun", "Processes of a build"),
        ("Build memulai proses tanpa batas.", "A build starts processes without a limit."),
        _CGROUP,
    ),
    _build(
        "cpu",
        ("CPU saat membangun", "CPU of a build"),
        ("Build memakai semua prosesor.", "A build takes all processors."),
        _CGROUP,
    ),
    _build(
        "core-files",
        ("Berkas core saat membangun", "Core files of a build"),
        ("Program yang jatuh menulis berkas core.", "A program that crashes writes a core file."),
        _RUNTIME,
    ),
    _build(
        "disk",
        ("Disk saat membangun", "Disk of a build"),
        ("Build yang memenuhi disk tidak diakhiri.", "A build that fills the disk is not ended."),
        _OURS,
    ),
    _build(
        "deadline",
        ("Batas waktu membangun", "Deadline of a build"),
        ("Build yang tidak selesai tidak diakhiri.", "A build that never ends is not ended."),
        _OURS,
    ),
)

VETTING_WALLS = (
    _vetted(
        "volume",
        ("VOLUME", "VOLUME"),
        ("Dockerfile dengan VOLUME diterima.", "A Dockerfile with VOLUME is taken."),
    ),
    _vetted(
        "remote-add",
        ("ADD dari jaringan", "ADD from the network"),
        (
            "ADD dengan alamat diterima; mesin container akan mengambilnya lewat jaringan host.",
            "ADD with an address is taken; the engine would fetch it by the host's network.",
        ),
    ),
    _vetted(
        "foreign-base",
        ("Image dasar asing", "Foreign base images"),
        ("FROM sembarang image diterima.", "FROM any image is taken."),
    ),
    _vetted(
        "run-options",
        ("RUN dengan pilihan", "RUN with options"),
        ("RUN --network=host atau --security diterima.", "RUN --network=host or --security is taken."),
    ),
)

WALLS = (*RUN_WALLS, *BUILD_WALLS, *VETTING_WALLS)
BY_NAME = {wall.name: wall for wall in WALLS}
