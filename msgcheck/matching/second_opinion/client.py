"""The client of a chat endpoint: messages go there and nowhere else, the words of the model come back."""

from __future__ import annotations

import http.client
import ipaddress
import json
import queue
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import urlsplit

from msgcheck import __version__
from msgcheck.matching.second_opinion.endpoint import Endpoint

_LARGEST = 256 * 1024                    # bytes of an answer
_TOKENS = 1000                           # of an answer
_SCHEMA_REFUSED = (400, 422)             # what servers say that know no JSON schema

T = TypeVar("T")


class NoAnswer(Exception):
    """The endpoint failed; says how, in words that hold nothing of what it sent."""

    def __init__(self, how: str, status: int = 0) -> None:
        super().__init__(how)
        self.status = status


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: what is sent goes where a person said, and nowhere else."""

    def redirect_request(self, *_: Any) -> None:
        return None


class Client:
    """Asks one endpoint, one question at a time, for answers of a form (`response_format` of the chat interface)."""

    def __init__(self, at: Endpoint, response_format: Mapping[str, Any]) -> None:
        self._at = at
        self._response_format = response_format
        self._bound = True                                 # ask for the schema until the server refuses it
        proxies = urllib.request.ProxyHandler({} if _on_this_machine(at.url) else None)
        self._open = urllib.request.build_opener(proxies, _Stay).open

    def answer(self, messages: Sequence[Mapping[str, str]]) -> str:
        """The words of the model. Raises `NoAnswer`."""
        try:
            data = self._post(messages)
        except NoAnswer as error:
            if not self._bound or error.status not in _SCHEMA_REFUSED:
                raise
            self._bound = False
            data = self._post(messages)
        try:
            said = json.loads(data)["choices"][0]["message"]["content"]
        except (ValueError, KeyError, IndexError, TypeError, RecursionError):
            said = None
        if not isinstance(said, str):
            raise NoAnswer("it does not answer as a chat endpoint does")
        return said

    def _post(self, messages: Sequence[Mapping[str, str]]) -> bytes:
        body: dict[str, Any] = {"model": self._at.model, "messages": messages, "temperature": 0}
        if self._bound:
            body |= {"max_tokens": _TOKENS, "response_format": self._response_format}
        headers = {"Content-Type": "application/json", "User-Agent": f"msgcheck/{__version__}"}
        if self._at.key:
            headers["Authorization"] = f"Bearer {self._at.key}"
        request = urllib.request.Request(self._at.url, json.dumps(body).encode("ascii"), headers, method="POST")
        return _within(self._at.seconds, lambda: self._received(request))

    def _received(self, request: urllib.request.Request) -> bytes:
        try:
            with self._open(request, timeout=self._at.seconds) as response:
                data: bytes = response.read(_LARGEST + 1)
        except urllib.error.HTTPError as error:
            error.close()
            raise NoAnswer(f"it answers with HTTP {error.code}", error.code) from None
        except TimeoutError:
            raise NoAnswer(_late(self._at.seconds)) from None
        except urllib.error.URLError as error:
            reason = error.reason
            if isinstance(reason, TimeoutError):
                raise NoAnswer(_late(self._at.seconds)) from None
            why = reason.strerror if isinstance(reason, OSError) and reason.strerror else "no connection"
            raise NoAnswer(f"it cannot be reached: {why}") from None
        except (OSError, http.client.HTTPException, ValueError):
            raise NoAnswer("the connection failed") from None
        if len(data) > _LARGEST:
            raise NoAnswer(f"its answer is longer than {_LARGEST // 1024} KiB")
        return data


def _late(seconds: float) -> str:
    return f"no answer within {seconds:g} s"


def _within(seconds: float, action: Callable[[], T]) -> T:
    """What `action` returns or raises, and `NoAnswer` where it takes longer: a server may send a byte now and then."""
    outcome: queue.SimpleQueue[tuple[T | None, BaseException | None]] = queue.SimpleQueue()

    def run() -> None:
        try:
            outcome.put((action(), None))
        except BaseException as error:  # noqa: BLE001 - raised again by the one who waits
            outcome.put((None, error))

    threading.Thread(target=run, daemon=True, name="second-opinion").start()
    try:
        value, error = outcome.get(timeout=seconds)
    except queue.Empty:
        raise NoAnswer(_late(seconds)) from None
    if error is not None:
        raise error
    return value  # type: ignore[return-value]  # there is one where there is no error


def _on_this_machine(url: str) -> bool:
    """Whether `url` is on the loopback, which no proxy is to be asked for."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
