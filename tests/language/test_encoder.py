import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from msgcheck.cache import Cache
from msgcheck.errors import ModelError
from msgcheck.language import encoder as room
from msgcheck.language.encoder import bundled_folder, load_encoder
from msgcheck.language.foreign import ForeignEncoder

TEXTS = (
    "The cooper mends barrels in under two weeks.",
    "Barrels are mended within 14 days.",
    "Every cask holds 225 litres, ± 2 %.",
    "An e-mail to ida@larch.example, in “quotes” — and a dash…",
    "Fässer aus Eiche: dicht seit 1998!",
    "樽は新しい",
    "Oak",
    "",
    " ".join(f"Cask number {number} is made of oak from the valley." for number in range(60)),
)


def test_the_bundled_model_gives_the_vectors_of_sentence_transformers() -> None:
    reference = ForeignEncoder(str(bundled_folder()), allow_download=False)
    cosines = (load_encoder().encode(TEXTS) * reference.encode(TEXTS)).sum(axis=1)
    assert cosines.min() >= 0.9999
    ours, theirs = load_encoder().token_embeddings(TEXTS[:1])[0], reference.token_embeddings(TEXTS[:1])[0]
    assert (ours.tokens, ours.offsets) == (theirs.tokens, theirs.offsets)
    assert (ours.matrix * theirs.matrix).sum(axis=1).min() >= 0.9999


def test_vectors_are_the_same_bits_whatever_the_batch_and_the_order() -> None:
    encoder = load_encoder()
    together = encoder.encode(TEXTS)
    assert together.dtype == np.float32
    assert together.shape == (len(TEXTS), encoder.dimension)
    assert np.array_equal(encoder.encode(TEXTS[::-1])[::-1], together)
    assert all(np.array_equal(encoder.encode([text])[0], row) for text, row in zip(TEXTS, together, strict=True))
    assert np.array_equal(encoder.encode(["Oak", *(f"Oak {n}" for n in range(300)), "Oak"])[[0, -1]], together[[6, 6]])
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-6)


def test_no_text_is_no_vector() -> None:
    assert load_encoder().encode([]).shape == (0, load_encoder().dimension)
    assert load_encoder().token_embeddings([]) == []


def test_reading_gives_what_encoding_and_token_vectors_give() -> None:
    texts = [*TEXTS, TEXTS[0]]
    vectors, tokens = load_encoder().read(texts)
    assert np.array_equal(vectors, load_encoder().encode(texts))
    alone = [load_encoder().token_embeddings([text])[0] for text in texts]
    assert all(np.array_equal(one.matrix, other.matrix) for one, other in zip(tokens, alone, strict=True))


def test_token_vectors_stand_where_their_words_do() -> None:
    text = TEXTS[0]
    (found,) = load_encoder().token_embeddings([text])
    words = [text[start:end] for start, end in found.offsets]
    assert "".join(words) == text.replace(" ", "")
    assert found.matrix.shape == (len(found.tokens), load_encoder().dimension)
    assert load_encoder().token_embeddings([""])[0].matrix.shape == (0, load_encoder().dimension)


def test_encoding_needs_neither_torch_nor_transformers_nor_spacy() -> None:
    code = """
import sys
from msgcheck.language.encoder import load_encoder
load_encoder().encode(["Oak"])
print([name for name in ("torch", "transformers", "sentence_transformers", "spacy") if name in sys.modules])
"""
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout == "[]\n"


def test_bundled_weights_that_were_changed_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "BUNDLED_SHA256", "0" * 64)
    with pytest.raises(ModelError, match="not the known ones"):
        load_encoder().encode(["Oak"])


def test_vectors_are_kept_and_need_no_model_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Cache(tmp_path / "kept") as cache:
        first = load_encoder(cache=cache).encode(TEXTS)
    monkeypatch.setattr(room, "_bert", lambda *_: pytest.fail("the model was loaded"))
    with Cache(tmp_path / "kept") as cache:
        again = load_encoder(cache=cache).encode(TEXTS[::-1])[::-1]
        with pytest.raises(pytest.fail.Exception):
            load_encoder(cache=cache).encode([*TEXTS, "A text that is new."])
    assert np.array_equal(first, again)
    assert first.dtype == again.dtype


@pytest.mark.parametrize("integers", [False, True])
def test_the_graphs_that_are_shipped_are_those_that_are_drawn(integers: bool) -> None:
    import json

    import onnx

    from msgcheck.language.bert_onnx import build, read_by_layers
    from msgcheck.language.weights import read_weights

    config = json.loads((bundled_folder() / "config.json").read_text(encoding="utf-8"))
    weights = read_weights(bundled_folder() / "model.safetensors", room.BUNDLED_SHA256)
    ranges = {f"{name}.most": np.full(384, 2, np.float32) for name in read_by_layers(config)} if integers else None
    shipped, drawn = build(weights, config, ranges=ranges), build(weights, config, draw=True, ranges=ranges)
    assert onnx.load_from_string(shipped.model) == onnx.load_from_string(drawn.model)
    assert shipped.tensors.keys() == drawn.tensors.keys()


def test_layers_in_integers_give_nearly_what_they_give_in_floats() -> None:
    """With any ranges that hold: those of the texts themselves."""
    import json

    from tokenizers import Tokenizer

    from msgcheck.language.bert import Bert
    from msgcheck.language.bert_onnx import INPUTS, build, read_by_layers, session
    from msgcheck.language.weights import read_weights

    folder = bundled_folder()
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    read = read_by_layers(config)
    watched = tuple(dict.fromkeys(read.values()))
    weights = read_weights(folder / "model.safetensors", room.BUNDLED_SHA256)
    inner = session(build(weights, config, watched))
    most = dict.fromkeys(watched, np.zeros(384, np.float32))
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    texts = [text for text in TEXTS if text]
    for one in tokenizer.encode_batch(texts):
        feed = {INPUTS[0]: np.array([one.ids]), INPUTS[1]: np.array([one.type_ids])}
        for name, value in zip(watched, inner.run(list(watched), feed), strict=True):
            most[name] = np.maximum(most[name], np.abs(value).max(axis=(0, 1)))
    ranges = {f"{name}.most": most[source] for name, source in read.items()}
    tensors = build(weights, config, ranges=ranges).tensors
    floats, integers = Bert(folder, room.BUNDLED_SHA256), Bert(folder, room.BUNDLED_SHA256, tensors=tensors)
    theirs = {hidden.index: hidden.states for hidden in floats.run(texts)}
    ours = {hidden.index: hidden.states for hidden in integers.run(texts)}
    for index, text in enumerate(texts):
        a, b = ours[index].mean(axis=0), theirs[index].mean(axis=0)
        assert a @ b / np.sqrt(a @ a * (b @ b)) > 0.99, text
        (alone,) = integers.run([text])
        assert np.array_equal(alone.states, ours[index])               # whatever it is computed with


def test_encoders_of_other_shapes_are_drawn() -> None:
    from msgcheck.language.bert_onnx import INPUTS, build, session
    from msgcheck.language.weights import read_weights

    weights = read_weights(bundled_folder() / "model.safetensors", room.BUNDLED_SHA256)
    config = {"model_type": "bert", "layer_norm_eps": 1e-12, "num_attention_heads": 12, "hidden_size": 384}
    prefixed = {f"bert.{name}": array for name, array in weights.items()}
    small = session(build(prefixed, {**config, "num_hidden_layers": 2}, ("last_hidden_state", "layer.0.output")))
    feed = {name: np.zeros((1, 3), np.int64) for name in INPUTS}
    last, first = small.run(None, feed)
    assert last.shape == first.shape == (1, 3, 384)
    assert not np.array_equal(last, first)


def test_a_pair_of_texts_has_token_types() -> None:
    from msgcheck.language.bert import Bert

    bert = Bert(bundled_folder(), room.BUNDLED_SHA256)
    (hidden,) = bert.run([("Oak lasts.", "Fir does not.")])
    assert hidden.types == (0,) * hidden.tokens.index("fir") + (1,) * (len(hidden.tokens) - hidden.tokens.index("fir"))
    assert hidden.states.shape == (len(hidden.tokens), bert.hidden_size)


@pytest.mark.parametrize("config", [
    {"model_type": "roberta"}, {"model_type": "bert", "hidden_act": "relu"},
    {"model_type": "bert", "position_embedding_type": "relative_key"},
    {"model_type": "bert", "layer_norm_eps": 1e-12, "num_attention_heads": 2, "hidden_size": 8, "num_hidden_layers": 1},
])
def test_other_architectures_are_refused(config: dict[str, object]) -> None:
    from msgcheck.language.bert_onnx import build

    with pytest.raises(ModelError):
        build({}, config)


class TestForeign:
    def test_pickled_weights_are_refused(self, tmp_path: Path) -> None:
        (tmp_path / "pytorch_model.bin").write_bytes(b"\x80\x04.")
        (tmp_path / "config.json").write_text("{}")
        with pytest.raises(ModelError, match="pickled"):
            load_encoder(str(tmp_path))

    def test_a_module_in_pickled_weights_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "model.safetensors").write_bytes(b"x")
        (tmp_path / "2_Dense").mkdir()
        (tmp_path / "2_Dense" / "pytorch_model.bin").write_bytes(b"\x80\x04.")
        with pytest.raises(ModelError, match="pickled"):
            load_encoder(str(tmp_path))

    def test_code_of_the_model_is_never_run(self, tmp_path: Path) -> None:
        (tmp_path / "model.safetensors").write_bytes(b"x")
        (tmp_path / "modules.json").write_text('[{"idx": 0, "name": "0", "path": "", "type": "evil.Code"}]')
        (tmp_path / "evil.py").write_text("raise SystemExit(7)")
        with pytest.raises(ModelError, match=r"evil\.Code"):
            load_encoder(str(tmp_path))

    def test_a_broken_model_is_a_model_error(self, tmp_path: Path) -> None:
        (tmp_path / "model.safetensors").write_bytes(b"x")
        with pytest.raises(ModelError, match="cannot be loaded"):
            load_encoder(str(tmp_path)).encode(["Oak"])

    def test_a_name_is_looked_up_on_this_machine_alone(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        import socket

        monkeypatch.setattr(socket, "socket", lambda *_: pytest.fail("the network was asked"))
        monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
        with pytest.raises(ModelError) as caught:
            load_encoder("nobody/such-a-model")
        assert "--allow-download" in str(caught.value)
