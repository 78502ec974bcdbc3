"""The expendable process in which documents are read: `python -m msgcheck.readers.worker`, started by `pool.Pool`.

Messages in both directions are four bytes of length (big-endian) and JSON. The first one in sets bounds and options;
its answer says which were set, and the peak of memory so far. Each further one names a file, and its answer is the
document. The process ends when its input does.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import struct
import sys
from pathlib import Path
from typing import Any, BinaryIO

from msgcheck import readers
from msgcheck.readers import ReadOptions, read_path
from msgcheck.readers.blocks import unread_document
from msgcheck.serial import dump

_LATE = 5.0
"""Seconds after the time bound at which a worker ends itself, should nobody be left to end it."""


def send(stream: BinaryIO, data: bytes) -> None:
    stream.write(struct.pack(">I", len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: BinaryIO) -> bytes | None:
    """The next message, None where the other side is gone."""
    head = stream.read(4)
    if len(head) < 4:
        return None
    (length,) = struct.unpack(">I", head)
    data = stream.read(length)
    return data if len(data) == length else None


def bound_memory(more: int) -> bool:
    """Let this process take at most `more` bytes of address space beyond what it has; False where that cannot be set.
    """
    try:
        import resource
    except ImportError:                  # Windows
        return False
    if not sys.platform.startswith("linux"):
        return False                     # macOS takes the call and does not keep to it
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        bound = pages * resource.getpagesize() + more
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (bound if hard < 0 else min(bound, hard), hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    except (OSError, ValueError):
        return False
    return True


def peak_memory() -> int:
    """The most resident memory in bytes that this process is held to have had, its starter's included; 0 if not told.
    """
    try:
        import resource
    except ImportError:                  # Windows
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def main() -> None:
    inward, outward = private_streams()
    first = receive(inward)
    if first is None:
        return
    given = json.loads(first)
    options = _options(given["options"])
    readers.READERS.update({name: (tuple(suffixes), target) for name, (suffixes, target) in given["readers"].items()})
    bounded = bound_memory(options.max_memory)
    send(outward, json.dumps({"memory": bounded, "peak": peak_memory()}).encode())
    while (message := receive(inward)) is not None:
        task = json.loads(message)
        _alarm(options.max_seconds + _LATE)
        try:
            answer = dump(read_path(Path(task["path"]), task["name"], options))
        except MemoryError:              # the text was read, but there is no room left to hand it over
            text = "Reading this document takes more memory than it may."
            answer = dump(unread_document(task["name"], "", "", "memory", text))
        _alarm(0)
        send(outward, answer)


def private_streams() -> tuple[BinaryIO, BinaryIO]:
    """Input and output of the process, moved where no library that prints can reach them."""
    inward, outward = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    return inward, outward


def _alarm(seconds: float) -> None:
    """End this process by the system's own hand after `seconds`, wherever it hangs; 0 calls that off."""
    with contextlib.suppress(AttributeError, ValueError):        # not on Windows
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _options(fields: dict[str, Any]) -> ReadOptions:
    given: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}
    return ReadOptions(**given)


if __name__ == "__main__":
    main()
