"""Any other embedding model, by `--model`, through sentence-transformers: safetensors only, no code from the model."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgcheck.cache import Cache
from msgcheck.errors import ModelError
from msgcheck.language.encoder import Encoder, TokenVectors, unit
from msgcheck.language.weights import digest

if TYPE_CHECKING:
    import numpy as np
    from sentence_transformers import SentenceTransformer

_WANTED = ["*.json", "*.safetensors", "*.txt", "*.model"]
"""What is fetched of a model: weights, settings and vocabularies, neither pickles nor code."""

_PICKLES = (".bin", ".pt", ".pth", ".pkl", ".ckpt", ".h5", ".msgpack", ".npz")
_OWN_MODULES = "sentence_transformers."


class ForeignEncoder(Encoder):
    """A sentence-transformers model in a folder, or by its name on the Hugging Face Hub (`allow_download`, or fetched
    before). Texts are encoded one by one, so that a vector does not depend on the texts beside it. Raises
    ModelError.
    """

    def __init__(self, model: str, allow_download: bool = False, cache: Cache | None = None) -> None:
        self._folder = _folder(model, allow_download)
        weights = _vetted(self._folder)
        settings = sorted(path for path in self._folder.rglob("*") if path.suffix in (".json", ".txt", ".model"))
        self.name = Path(model).name if Path(model).exists() else model
        self.sha256 = digest(weights[0]) if len(weights) == 1 else _joint(weights)
        self.revision = ":".join((self.sha256, _joint(settings), *_versions()))
        self.cache = cache

    @cached_property
    def _model(self) -> SentenceTransformer:
        import sentence_transformers
        import transformers

        transformers.utils.logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # it has no types
        try:
            model = sentence_transformers.SentenceTransformer(
                str(self._folder), device="cpu", trust_remote_code=False, local_files_only=True,
                model_kwargs={"use_safetensors": True},
            )
        except Exception as error:                         # each kind of broken model raises errors of its own
            raise ModelError(f"The model cannot be loaded: {error}", str(self._folder), "Check --model.") from error
        model.eval()
        return model

    @cached_property
    def dimension(self) -> int:
        """The length of a vector."""
        return len(self._vector("dimension"))

    def _vector(self, text: str) -> np.ndarray:
        vector: np.ndarray = self._model.encode(
            [text], batch_size=1, convert_to_numpy=True, normalize_embeddings=False, show_progress_bar=False
        )[0].astype("float32")
        return vector

    def _vectors(self, texts: Sequence[str]) -> Iterable[tuple[int, np.ndarray]]:
        for index, text in enumerate(texts):
            yield index, unit(self._vector(text))

    def token_embeddings(self, texts: Sequence[str]) -> list[TokenVectors]:
        return [self._tokens(text) for text in texts]

    def _tokens(self, text: str) -> TokenVectors:
        import numpy as np

        tokenizer = self._model.tokenizer
        read = tokenizer(
            text, truncation=True, max_length=self._model.max_seq_length, return_offsets_mapping=True,
            return_special_tokens_mask=True,
        )
        states = self._model.encode(
            [text], batch_size=1, output_value="token_embeddings", convert_to_numpy=False, show_progress_bar=False
        )[0]
        rows = states.float().cpu().numpy()
        if len(rows) != len(read["input_ids"]):
            raise ModelError("This model's tokens have no vectors of their own.", self.name, "Choose another --model.")
        kept = [index for index, special in enumerate(read["special_tokens_mask"]) if not special]
        words = tokenizer.convert_ids_to_tokens(read["input_ids"])
        return TokenVectors(
            tuple(words[index] for index in kept),
            tuple((int(a), int(b)) for a, b in (read["offset_mapping"][index] for index in kept)),
            np.stack([unit(rows[index]) for index in kept]) if kept else np.zeros((0, rows.shape[1]), np.float32),
        )


def _folder(model: str, allow_download: bool) -> Path:
    """The folder of a model, which is fetched only if it may be."""
    if Path(model).is_dir():
        return Path(model).resolve()
    if Path(model).exists() or model.startswith((".", "/", "~")) or "\\" in model:
        raise ModelError("This is not a folder with a model in it.", model, "Give --model a folder or a name.")
    if not allow_download:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    try:
        from huggingface_hub import snapshot_download

        name = model if "/" in model else f"sentence-transformers/{model}"
        return Path(snapshot_download(name, allow_patterns=_WANTED, local_files_only=not allow_download))
    except ImportError as error:
        raise ModelError(f"--model needs huggingface-hub: {error}", model, "Install sentence-transformers.") from error
    except Exception as error:                       # the hub's client raises errors of several HTTP libraries
        mend = "Check the name and the network." if allow_download else "Fetch it once with --allow-download."
        raise ModelError(f"The model is not to be had: {type(error).__name__}", model, mend) from error


def _vetted(folder: Path) -> list[Path]:
    """The weights of a folder whose every module is sentence-transformers' own and lies in safetensors."""
    weights = sorted(folder.rglob("*.safetensors"))
    if not weights:
        raise ModelError(
            "The model has no weights in safetensors; pickled weights are never loaded.", str(folder),
            "Save it again with safe_serialization=True.",
        )
    for path in folder.rglob("*"):
        if path.suffix in _PICKLES and not any(weight.parent == path.parent for weight in weights):
            raise ModelError("The model holds pickled weights, which are never loaded.", str(path), "Save it again.")
    modules = folder / "modules.json"
    if modules.exists():
        try:
            kinds = [str(entry["type"]) for entry in json.loads(modules.read_text(encoding="utf-8"))]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(f"modules.json cannot be read: {error}", str(modules), "Check the model.") from error
        strange = [kind for kind in kinds if not kind.startswith(_OWN_MODULES)]
        if strange:
            raise ModelError(f"The model brings code of its own ({strange[0]}), which is never run.", str(modules))
    return weights


def _versions() -> tuple[str, ...]:
    """Of the libraries that make the vectors; raises ModelError where one is not installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return tuple(version(name) for name in ("sentence-transformers", "transformers", "tokenizers", "torch"))
    except PackageNotFoundError as error:
        mend = "Install it: pip install sentence-transformers"
        raise ModelError(f"--model needs {error.name}, which is not installed.", "", mend) from error


def _joint(paths: Sequence[Path]) -> str:
    """One digest of several files, in the order given."""
    total = hashlib.sha256()
    for path in paths:
        total.update(f"{path.name}\0{digest(path)}\n".encode())
    return total.hexdigest()
