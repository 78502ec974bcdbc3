"""What all tests share: a cache of their own, so that no test reads or fills a person's."""

import os
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    before = os.environ.get("MSGCHECK_CACHE_DIR")
    os.environ["MSGCHECK_CACHE_DIR"] = str(tmp_path_factory.mktemp("cache") / "kept")
    yield
    if before is None:
        del os.environ["MSGCHECK_CACHE_DIR"]
    else:
        os.environ["MSGCHECK_CACHE_DIR"] = before
