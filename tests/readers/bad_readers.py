"""Readers that misbehave, for the tests of the pool; the first word of a file says how."""

from __future__ import annotations

import os
import signal
import time

from msgcheck.errors import Unreadable
from msgcheck.model import Document, Location
from msgcheck.readers import ReadOptions
from msgcheck.readers.blocks import build_document, make_block


def read(data: bytes, name: str, options: ReadOptions) -> Document:
    word = data.decode().split()[0]
    if word == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if word == "gorge":                  # much memory, less than the bound, and a death that nothing catches
        gorged = b"x" * (250 * 1024 * 1024)
        time.sleep(1)
        os.kill(os.getpid(), signal.SIGSEGV if gorged else signal.SIGTERM)
    if word == "exit":
        os._exit(0)
    if word == "hang":
        while True:
            time.sleep(1)
    if word == "spin":                   # deaf to everything that asks nicely
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGALRM, signal.SIG_IGN)
        while True:
            pass
    if word == "eat":
        eaten = []
        while True:
            eaten.append(bytearray(16 * 1024 * 1024))
    if word == "print":
        os.write(1, b"\x00\x00\x00\x05hello")
        os.write(2, b"hello")
    if word == "refuse":
        raise Unreadable("damaged", "It does not want to be read.", "page 3")
    if word == "raise":
        raise KeyError("nothing of that name")
    if word == "deep":
        return read_deeper(data, name, options)
    return build_document(name, "odd", data, [make_block(data.decode(), "paragraph", "body", Location("document"))])


def read_deeper(data: bytes, name: str, options: ReadOptions) -> Document:
    return read_deeper(data, name, options)
