import json
import struct
from pathlib import Path

import numpy as np
import pytest

from msgcheck.errors import ModelError
from msgcheck.language.weights import digest, read_weights


def packed(header: object, body: bytes) -> bytes:
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + body


GOOD = {"__metadata__": {"format": "pt"}, "a": {"dtype": "F32", "shape": [2, 2], "data_offsets": [0, 16]}}
BODY = np.arange(4, dtype="<f4").tobytes()


def test_tensors_are_read_as_the_library_writes_them(tmp_path: Path) -> None:
    from safetensors.numpy import save_file

    tensors = {"a": np.arange(6, dtype=np.float32).reshape(2, 3), "b": np.array([[1]], np.int64)}
    save_file(tensors, tmp_path / "m.safetensors")
    found = read_weights(tmp_path / "m.safetensors", digest(tmp_path / "m.safetensors"))
    assert {name: array.tolist() for name, array in found.items()} == {"a": [[0, 1, 2], [3, 4, 5]], "b": [[1]]}
    assert found["a"].dtype == np.float32


def test_weights_with_another_digest_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "m.safetensors"
    path.write_bytes(packed(GOOD, BODY))
    assert read_weights(path, None)["a"].tolist() == [[0, 1], [2, 3]]
    with pytest.raises(ModelError, match="not the known ones"):
        read_weights(path, "0" * 64)


@pytest.mark.parametrize("data", [
    b"",
    b"PK\x03\x04",
    packed(GOOD, BODY)[:-1],
    packed([], BODY),
    packed({"a": {"dtype": "F32", "shape": [9], "data_offsets": [0, 16]}}, BODY),
    packed({"a": {"dtype": "F32", "shape": [4], "data_offsets": [-16, 0]}}, BODY),
    packed({"a": {"dtype": "object", "shape": [2], "data_offsets": [0, 16]}}, BODY),
    struct.pack("<Q", 2**63) + b"{}",
])
def test_what_is_no_safetensors_file_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "m.safetensors"
    path.write_bytes(data)
    with pytest.raises(ModelError):
        read_weights(path, None)


def test_absent_weights_are_a_model_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        read_weights(tmp_path / "none.safetensors", None)
