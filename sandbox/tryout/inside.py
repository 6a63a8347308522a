"""What runs in the container that holds a try-out's network: it leads connections from a socket to ports on loopback.

Started as `python3 -ISEc <this file> SOCKET`, so nothing but the standard library. The host listens on the socket, and
from here a few connections to it wait. Whoever takes one on the host sends two bytes, the port, gets one back (0:
connected, 1: nobody listens there), and from then on it is a connection to the prototype. No more is read on one side
than the other side takes. It ends with its input, and when the socket is gone.
"""

from __future__ import annotations

import asyncio
import sys

_SPARE = 6
_OPEN = 96
_PIECE = 64 * 1024
_CONNECT_SECONDS = 2.0


async def main(path: str) -> None:
    """Serve until the input ends or the socket is gone."""
    loop = asyncio.get_running_loop()
    told = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(told), sys.stdin)
    places = asyncio.Semaphore(_OPEN)
    work = [loop.create_task(_spare(path, places)) for _ in range(_SPARE)]
    await asyncio.wait([*work, loop.create_task(told.read(1))], return_when=asyncio.FIRST_COMPLETED)


async def _spare(path: str, places: asyncio.Semaphore) -> None:
    """Keep one connection waiting; returns when the host's end is gone."""
    serving = set()
    while True:
        await places.acquire()
        try:
            reader, writer = await asyncio.open_unix_connection(path, limit=_PIECE)
        except OSError:
            return
        try:
            port = int.from_bytes(await reader.readexactly(2), "big")
        except (asyncio.IncompleteReadError, OSError):
            writer.close()
            places.release()
            continue
        task = asyncio.ensure_future(_serve(reader, writer, port))
        serving.add(task)
        task.add_done_callback(serving.discard)
        task.add_done_callback(lambda _: places.release())


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int) -> None:
    try:
        opening = asyncio.open_connection("127.0.0.1", port, limit=_PIECE)
        near, far = await asyncio.wait_for(opening, _CONNECT_SECONDS)
    except OSError:
        writer.write(b"\1")
        writer.close()
        return
    writer.write(b"\0")
    await asyncio.gather(_pass_on(reader, far), _pass_on(near, writer))
    writer.close()
    far.close()


async def _pass_on(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    try:
        while piece := await source.read(_PIECE):
            sink.write(piece)
            await sink.drain()
        sink.write_eof()
    except OSError:
        sink.transport.abort()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
