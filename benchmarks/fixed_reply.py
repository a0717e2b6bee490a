"""A server with fixed responses, so that what is measured is the client: loopback, HTTP/1.1, keep-alive.

It reads a request to its end and looks at nothing but its length and whether it is a search. It runs as a process of
its own, so that its CPU time is not counted::

    with serving() as endpoint_url:
        ...
"""

import asyncio
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.customers import CREATED, PAGE


@contextmanager
def serving(latency_seconds: float = 0) -> Iterator[str]:
    """Serve while the context lasts and yield the endpoint's URL; each response takes so long."""
    with subprocess.Popen(
        [sys.executable, "-m", __name__, str(latency_seconds)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def reply(body: bytes) -> bytes:
    """Return the whole HTTP response with a body."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    return f"{head}x-amzn-RequestId: 5ce6c1a4-3b0f-4d0e-9a2e-8f7f0a3f9d11\r\n\r\n".encode() + body


class FixedReply(asyncio.Protocol):
    """One connection."""

    latency_seconds = 0.0
    created = reply(CREATED)
    page = reply(PAGE)

    def __init__(self) -> None:
        self.received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep what responses are written to."""
        assert isinstance(transport, asyncio.WriteTransport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Respond once the request is complete."""
        self.received += data
        head, end, body = self.received.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        if end and len(body) >= (int(length[1]) if length else 0):
            self.received = b""
            response = self.page if b"/search" in head.partition(b"\r\n")[0] else self.created
            if self.latency_seconds:
                asyncio.get_running_loop().call_later(self.latency_seconds, self.transport.write, response)
            else:
                self.transport.write(response)


async def serve() -> None:
    """Serve on a free port of the loopback address until the process is ended."""
    server = await asyncio.get_running_loop().create_server(FixedReply, "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    FixedReply.latency_seconds = float(sys.argv[1])
    asyncio.run(serve())
