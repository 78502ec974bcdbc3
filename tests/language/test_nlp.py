import subprocess
import sys
import threading

import pytest

from msgcheck.language import nlp
from msgcheck.language.nlp import begin_loading, parse

TEXTS = ["The cooper mends barrels.", "", "They were not mended by the coopers of Ghent.", "Fast work", "Is it dry?"]


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip()


def test_parsing_knows_sentences_lemmas_and_heads() -> None:
    doc = parse(TEXTS)[2]
    assert [token.lemma_ for token in doc][:4] == ["they", "be", "not", "mend"]
    assert next(token.head.text for token in doc if token.dep_ == "neg") == "mended"


def test_a_parse_does_not_depend_on_the_texts_beside_it() -> None:
    def seen(docs: list) -> list:  # type: ignore[type-arg]
        return [[(t.text, t.tag_, t.dep_, t.head.i, t.lemma_, str(t.morph)) for t in doc] for doc in docs]

    together = seen(parse(TEXTS * 40))
    assert together[: len(TEXTS)] == seen([parse([text])[0] for text in TEXTS])


def test_spacy_is_loaded_without_torch_and_torch_is_there_afterwards() -> None:
    code = """
import sys
from msgcheck.language.nlp import parse
parse(["It works."])
assert "thinc.compat" in sys.modules and "torch" not in sys.modules
import torch
print(torch.ones(2).sum().item(), sys.modules["thinc.compat"].has_torch)
"""
    assert run(code) == "2.0 False"


def test_spacy_is_loaded_without_its_command_line_which_is_there_afterwards() -> None:
    assert run("""
import sys
from msgcheck.language.nlp import parse
parse(["It works."])
assert "spacy.cli" not in sys.modules and "httpx" not in sys.modules
import spacy
assert spacy.info(silent=True)["spacy_version"] == spacy.__version__
import spacy.cli
print(spacy.cli.download.__module__, spacy.cli.info.__module__)
""") == "spacy.cli.download spacy.cli.info"


def test_torch_that_is_there_already_is_left_alone() -> None:
    code = """
import sys, types
sys.modules["torch"] = there = types.ModuleType("torch")
from msgcheck.language.nlp import without_torch
without_torch()
print(sys.modules["torch"] is there, "thinc.compat" in sys.modules)
"""
    assert run(code) == "True False"


def test_what_goes_wrong_in_the_thread_that_loads_is_told_where_the_pipeline_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken() -> None:
        raise AttributeError("half imported")

    told: list[object] = []
    monkeypatch.setattr(threading, "excepthook", told.append)
    monkeypatch.setattr(nlp, "_loaded", broken)
    before = set(threading.enumerate())
    begin_loading()
    for thread in set(threading.enumerate()) - before:
        thread.join()
    assert told == []
    with pytest.raises(AttributeError, match="half imported"):
        parse(["The cooper mends barrels."])


def test_a_pipeline_that_is_loading_is_waited_for() -> None:
    assert run("""
from msgcheck.language.nlp import begin_loading, parse
begin_loading()
print(parse(["They mended it."])[0][1].lemma_)
""") == "mend"
