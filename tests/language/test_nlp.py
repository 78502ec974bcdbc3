import subprocess
import sys

from msgcheck.language.nlp import parse

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


def test_torch_that_is_there_already_is_left_alone() -> None:
    code = """
import sys, types
sys.modules["torch"] = there = types.ModuleType("torch")
from msgcheck.language.nlp import without_torch
without_torch()
print(sys.modules["torch"] is there, "thinc.compat" in sys.modules)
"""
    assert run(code) == "True False"
