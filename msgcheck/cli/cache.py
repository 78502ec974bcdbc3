"""`msgcheck cache info|clear`, `msgcheck prepare`: what earlier runs left behind, and what later ones need."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from msgcheck.cli import options

app = typer.Typer(no_args_is_help=True, help="Look into the cache, or empty it.")

CacheDir = Annotated[
    Path | None,
    typer.Option("--cache-dir", metavar="FOLDER", help="The cache (default: MSGCHECK_CACHE_DIR, or the platform's)."),
]


@app.command("info")
def info(cache_dir: CacheDir = None) -> int:
    """Say where the cache is and what is in it.

    Exit code 0: always.
    """
    from msgcheck.cache import Cache, files
    from msgcheck.cli.errors import warn
    from msgcheck.reporters.printable import printable

    with Cache(folder_of(cache_dir), warn=warn) as cache:
        print(printable(str(cache.folder)))
        holdings = cache.holdings()
        for holding in holdings:
            print(f"  {holding.kind:<12} {holding.entries:>9,}   {_size(holding.size):>9}")
        on_disk = sum(path.stat().st_size for path in files(cache.folder))
        print(f"  {'on disk':<12} {'':>9}   {_size(on_disk):>9}" if holdings else "  empty")
    return 0


@app.command("clear")
def clear(
    everything: Annotated[bool, typer.Option("--all", help="Remove the cache's own files and folder, too.")] = False,
    cache_dir: CacheDir = None,
) -> int:
    """Forget what earlier runs worked out.

    Exit code 0: it is forgotten.
    """
    from msgcheck.cache import Cache, remove
    from msgcheck.cli.errors import warn
    from msgcheck.reporters.printable import printable

    with Cache(folder_of(cache_dir), warn=warn) as cache:
        count = cache.clear()
        folder = cache.folder
    if everything:
        remove(folder)
    print(f"{count:,} {'entry' if count == 1 else 'entries'} forgotten in {printable(str(folder))}")
    return 0


def prepare(
    model: options.Model = None,
    allow_download: options.AllowDownload = False,
) -> int:
    """See to it that checks can run offline: the models are there, whole, and load.

    Exit code 0: they do.
    Exit code 2: something is missing.
    """
    from msgcheck.language.encoder import load_encoder
    from msgcheck.language.nlp import pipeline
    from msgcheck.reporters.printable import printable

    encoder = load_encoder(model, allow_download)
    encoder.encode(["Every pallet, on time."])
    print(f"encoder   {printable(encoder.name)}  {encoder.dimension} dimensions, SHA-256 {encoder.sha256}")
    meta = pipeline().meta
    print(f"grammar   {printable(str(meta['lang']))}_{printable(str(meta['name']))} {printable(str(meta['version']))}")
    return 0


def folder_of(given: Path | None) -> Path | None:
    """The cache's folder by the command line or the environment, None for the platform's own."""
    import os

    environment = os.environ.get("MSGCHECK_CACHE_DIR")
    return given or (Path(environment) if environment else None)


def _size(count: int) -> str:
    """Bytes as a person reads them."""
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= factor:
            return f"{count / factor:.1f} {unit}"
    return f"{count} B"
