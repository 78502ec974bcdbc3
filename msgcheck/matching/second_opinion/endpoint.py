"""Where a second opinion is asked for: what a person typed, checked."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

from msgcheck.errors import UsageError

KEY_VARIABLE = "MSGCHECK_SECOND_OPINION_KEY"
LIMIT = 20
BAND = (0.35, 0.65)
"""The chances between which the engine is unsure."""

_SECONDS = 60.0                          # for one answer, from looking up the host to the last byte


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to ask, which model, on how many passages of a run at most, and how sure the engine may be of them.

    `key` goes into the header of requests and nowhere else. Made by `endpoint`, which checks what a person typed.
    """

    url: str
    model: str
    limit: int = LIMIT
    key: str = field(default="", repr=False)
    band: tuple[float, float] = BAND
    seconds: float = _SECONDS


def endpoint(url: str | None, model: str | None, limit: int | None) -> Endpoint | None:
    """The endpoint of the command line's options, with the key of the environment; None where there is none.

    Raises UsageError for options that do not go together, and for a URL that is not a plain one of http or https.
    """
    if url is None:
        if model is not None or limit is not None:
            raise UsageError(
                "There is nobody to ask for a second opinion.", "--second-opinion-model, --second-opinion-limit",
                "Name the endpoint with --second-opinion URL, or leave them out.",
            )
        return None
    if not model or not model.strip():
        raise UsageError(
            "A second opinion needs the name of a model.", "--second-opinion-model", "Name one that is served there."
        )
    secret = os.environ.get(KEY_VARIABLE, "").strip()
    if not (secret.isascii() and (not secret or secret.isprintable())):
        raise UsageError("The key is none: it has characters that no header can hold.", KEY_VARIABLE, "Set it again.")
    return Endpoint(_checked(url), model.strip(), LIMIT if limit is None else limit, secret)


def _checked(url: str) -> str:
    """`url` with the path of the chat interface."""
    mend = "Write it like http://localhost:11434/v1."
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise UsageError("The endpoint is no URL.", "--second-opinion", mend) from None
    if parts.scheme not in ("http", "https") or not host or not url.isascii() or not url.isprintable() or " " in url:
        raise UsageError("The endpoint is no URL of http or https.", "--second-opinion", mend)
    if parts.username is not None or parts.password is not None:
        raise UsageError(
            "The endpoint's URL holds a name or password.", "--second-opinion", f"Put the key into {KEY_VARIABLE}."
        )
    path = parts.path.rstrip("/")
    whole = path if path.endswith("/chat/completions") else f"{path}/chat/completions"
    return urlunsplit((parts.scheme, parts.netloc, whole, parts.query, ""))
