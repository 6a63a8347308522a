"""The object store: archives, logs, images by key; a folder on this machine, or S3-compatible storage by URL.

Objects appear whole or not at all. Nothing is held in memory but what `put` is given and `read` is asked for.
"""

import asyncio
import errno
import hashlib
import io
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import unquote, urlsplit

import obstore
import structlog
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

from hackathon.errors import HackathonError, NoSpace, SettingsInvalid, Unavailable
from hackathon.settings import Settings
from sandbox.model import Text

if TYPE_CHECKING:
    from obstore.store import ObjectStore

CHUNK_BYTES = 1024 * 1024

LARGE = "images"
"""The folder of the store in which objects are so large that what a killed process left of one must not stay."""

_PART_BYTES = 8 * 1024 * 1024
_PARTS_AT_ONCE = 2

_THREADS = 8

_FULL = (errno.ENOSPC, errno.EDQUOT)

_CONNECT_TIME = timedelta(seconds=5)
_REQUEST_TIME = timedelta(seconds=60)
_RETRY_TIME = timedelta(seconds=15)  # obstore's own three minutes would leave a person waiting without a word

_log = structlog.get_logger(__name__)

T = TypeVar("T")


class ObjectMissing(HackathonError):
    """There is no object with this key."""

    def __init__(self, key: str) -> None:
        super().__init__(f"there is no object {key}")
        self.key = key


class Objects:
    """A store of bytes by key (`a/b/c`). Every verb raises Unavailable where the store fails, and may be repeated.

    `scratch` is a folder on this machine for files on their way, `folder` the store itself where it is one.
    """

    def __init__(self, backend: "ObjectStore", scratch: Path, folder: Path | None = None) -> None:
        self._backend = backend
        self._scratch = scratch
        self._folder = folder
        # obstore's own asynchronous calls can abort the interpreter when it exits (seen in 0.12.1), its synchronous
        # ones not; they let other threads run.
        self._executor = ThreadPoolExecutor(_THREADS, thread_name_prefix="objects")

    async def put(self, key: str, data: bytes) -> None:
        """Store `data`; what was there is replaced."""
        await self._call(partial(obstore.put, self._backend, key, data))

    async def put_file(self, key: str, path: Path) -> None:
        """Store a file's bytes, streamed; what was there is replaced."""
        await self._call(partial(obstore.put, self._backend, key, path))

    def put_pieces(self, key: str, pieces: Iterator[bytes]) -> None:
        """Store what an iterator gives, piece by piece: for work in the store's threads (`run`).

        What the iterator raises is raised as it is, and leaves no object.
        """
        obstore.put(
            self._backend,
            key,
            pieces,
            use_multipart=True,
            chunk_size=_PART_BYTES,
            max_concurrency=_PARTS_AT_ONCE,
        )

    async def fetch(self, key: str, path: Path) -> None:
        """Stream an object into a file. Raises ObjectMissing."""
        await self._call(partial(self._fetch, key, path), key)

    async def read(self, key: str) -> bytes:
        """An object's bytes: for small ones. Raises ObjectMissing."""
        return await self._call(lambda: bytes(obstore.get(self._backend, key).bytes()), key)

    async def chunks(self, key: str) -> AsyncIterator[bytes]:
        """An object's bytes, in chunks of about `CHUNK_BYTES`. Raises ObjectMissing."""
        stream = await self._call(lambda: iter(obstore.get(self._backend, key).stream(CHUNK_BYTES)), key)
        while (chunk := await self._call(lambda: next(stream, None), key)) is not None:
            yield bytes(chunk)

    async def size(self, key: str) -> int | None:
        """How many bytes an object has; None where there is none."""
        try:
            return await self._call(lambda: obstore.head(self._backend, key)["size"], key)
        except ObjectMissing:
            return None

    async def delete(self, keys: Sequence[str]) -> None:
        """Forget objects; unknown ones are fine."""
        for key in keys:
            with suppress(ObjectMissing):
                await self._call(partial(obstore.delete, self._backend, key), key)

    async def delete_prefix(self, prefix: str) -> None:
        """Forget everything below a prefix that ends with a slash."""
        await self._call(partial(self._delete_prefix, prefix))

    @asynccontextmanager
    async def scratch(self) -> AsyncIterator[Path]:
        """A folder of this machine that is removed on leaving. Raises Unavailable where the disk refuses."""
        folder = await self._call(self._make_scratch)
        try:
            yield folder
        finally:
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)

    async def run(self, work: Callable[[], T]) -> T:
        """Do blocking work with files in the store's threads; a disk that refuses is Unavailable."""
        return await self._call(work)

    async def sweep_scratch(self, older_than: float, *, now: float) -> int:
        """Remove scratch folders, and pieces of large objects, last changed more than `older_than` seconds before `now`
        (epoch), left by processes that died; returns how many went.
        """
        return await self._call(partial(self._sweep_scratch, older_than, now))

    def close(self) -> None:
        """End the threads."""
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _make_scratch(self) -> Path:
        self._scratch.mkdir(mode=0o700, parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(dir=self._scratch, prefix="on-its-way-"))

    def _sweep_scratch(self, older_than: float, now: float) -> int:
        left = [path for path in self._scratch.glob("*") if now - path.stat().st_mtime > older_than]
        for path in left:
            shutil.rmtree(path, ignore_errors=True)
        # A store in a folder writes to `name#number` and renames it when it is whole.
        pieces = [] if self._folder is None else list((self._folder / LARGE).rglob("*#*"))
        begun = [path for path in pieces if path.is_file() and now - path.stat().st_mtime > older_than]
        for path in begun:
            path.unlink(missing_ok=True)
        return len(left) + len(begun)

    def _delete_prefix(self, prefix: str) -> None:
        for batch in obstore.list(self._backend, prefix):
            for found in batch:
                # Another process may be doing the same.
                with suppress(FileNotFoundError):
                    obstore.delete(self._backend, found["path"])

    def _fetch(self, key: str, path: Path) -> None:
        stream: Iterator[bytes] = iter(obstore.get(self._backend, key).stream(CHUNK_BYTES))
        with path.open("wb") as file:
            for chunk in stream:
                file.write(chunk)

    async def _call(self, work: Callable[[], T], key: str | None = None) -> T:
        with _told_as_ours(key):
            return await asyncio.get_running_loop().run_in_executor(self._executor, work)


class Spool:
    """A scratch file that is hashed while it is written, in the store's threads.

    The file has no buffer of its own: a disk that is full is told by the write that meets it, as Unavailable, and never
    by the closing. Nothing is promised about the file until `flush()`.
    """

    def __init__(self, objects: Objects, path: Path) -> None:
        self._objects = objects
        self._path = path
        self._digest = hashlib.sha256()
        self._waiting = bytearray()
        self._file: io.FileIO | None = None
        self.size = 0

    async def __aenter__(self) -> "Spool":
        self._file = await self._objects.run(lambda: io.FileIO(self._path, "w"))
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    @property
    def sha256(self) -> str:
        """The hash (hex) of what was written."""
        return self._digest.hexdigest()

    async def write(self, data: bytes) -> None:
        """Take the next bytes."""
        self.size += len(data)
        self._digest.update(data)
        self._waiting += data
        if len(self._waiting) >= CHUNK_BYTES:
            await self.flush()

    async def flush(self) -> None:
        """Bring what waits into the file."""
        data, self._waiting = bytes(self._waiting), bytearray()
        await self._objects.run(partial(self._write_all, data))

    def _write_all(self, data: bytes) -> None:
        if self._file is None:
            raise RuntimeError("the spool is not open")
        view = memoryview(data)
        while view:
            view = view[self._file.write(view) :]


@contextmanager
def _told_as_ours(key: str | None) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        if key is None:
            raise _unavailable(error) from error
        raise ObjectMissing(key) from error
    except (BaseError, OSError) as error:
        raise _unavailable(error) from error


def _unavailable(error: Exception) -> Unavailable:
    _log.error("objects.unavailable", error=str(error).partition("\n")[0])
    if getattr(error, "errno", None) in _FULL or "No space left on device" in str(error):
        return NoSpace()
    return Unavailable(
        Text(
            id="Penyimpanan berkas kami sedang bermasalah. Jatah pengajuan tidak berkurang; coba lagi sebentar.",
            en="Our file storage has a problem. None of your attempts was used; please try again in a moment.",
        )
    )


def open_objects(settings: Settings) -> Objects:
    """The store that the settings name. Nothing is asked of it yet.

    S3's credentials, region and endpoint come from the usual `AWS_...` variables. Raises Unavailable where a local
    folder cannot be made, SettingsInvalid for an address that cannot be used.
    """
    scratch = settings.data_dir / "scratch"
    if settings.objects_url.startswith("s3://"):
        try:
            backend = S3Store.from_url(
                settings.objects_url,
                # An endpoint without TLS is the operator's own choice, made in its address.
                client_options={"connect_timeout": _CONNECT_TIME, "timeout": _REQUEST_TIME, "allow_http": True},
                retry_config={"max_retries": 3, "retry_timeout": _RETRY_TIME},
            )
            return Objects(backend, scratch)
        except (BaseError, ValueError) as error:
            raise SettingsInvalid((f"GELANGGANG_OBJECTS_URL={settings.objects_url}: {error}",)) from error
    folder = Path(unquote(urlsplit(settings.objects_url).path)) if settings.objects_url else settings.objects_dir
    with _told_as_ours(None):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return Objects(LocalStore(prefix=folder.resolve()), scratch, folder.resolve())
