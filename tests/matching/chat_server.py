"""A chat endpoint on loopback that answers as a test says, and remembers what it was asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Respond = Callable[[dict[str, Any]], "tuple[int, bytes] | Exception | str"]


class ChatServer(ThreadingHTTPServer):
    """`respond` gets the parsed body and returns the model's words, or a status and the bytes of a body."""

    daemon_threads = True

    def __init__(self, respond: Respond) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.respond = respond
        self.bodies: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.released = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: ChatServer

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.paths.append(self.path)
        self.server.headers.append(dict(self.headers))
        self.server.bodies.append(body)
        said = self.server.respond(body)
        status, data = said if isinstance(said, tuple) else (200, completion(str(said)))
        try:
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", data.decode())
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
        except OSError:                                    # the other side did not wait
            pass

    def log_message(self, *_: object) -> None:
        pass


def completion(words: object) -> bytes:
    """The body of a chat completion whose message is `words`."""
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": words}}]}).encode()


def always(status: int, body: bytes) -> Respond:
    return lambda asked: (status, body)


def answer(relation: str, kind: str = "none", approved: str = "", found: str = "") -> str:
    return json.dumps({"relation": relation, "kind": kind, "approved": approved, "found": found})


def data_of(body: dict[str, Any]) -> dict[str, Any]:
    """What a request asks about: the one line between the marks."""
    first, line, last = body["messages"][1]["content"].split("\n")
    assert (first, last) == ("BEGIN DATA", "END DATA")
    data: dict[str, Any] = json.loads(line)
    return data


@contextmanager
def serving(respond: Respond) -> Iterator[ChatServer]:
    server = ChatServer(respond)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
