"""Text -> unit vectors: the built-in static model, answered without torch, or any sentence-transformers model."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import EncoderMissing

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

BUILT_IN = "built-in"
MODEL_FOLDER = Path(__file__).parent / "model"

_TABLE_FILE, _TOKENIZER_FILE, _TENSOR = "model.safetensors", "tokenizer.json", "embedding.weight"
_HUB_SECONDS = 10
_CHUNK = 1_024  # texts tokenized at once
_E5 = re.compile(r"(?<![^\W_])e5(?![^\W_])", re.IGNORECASE)
_E5_PROMPTS = {"query": "query: ", "document": "passage: "}  # as the model cards of intfloat/*e5* ask

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """``name``: as it was set. ``fingerprint``: changes with the weights. ``dimension``: of every vector.

    ``is_quick``: dozens of sentences may be encoded for one question.
    """

    @property
    def name(self) -> str: ...
    @property
    def is_quick(self) -> bool: ...
    @property
    def fingerprint(self) -> str: ...
    @property
    def dimension(self) -> int: ...

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Unit rows, (len(texts), dimension); a text in which the model knows nothing is a row of zeros."""

    def encode_question(self, text: str) -> Vectors:
        """A unit vector, (dimension,); zeros where the model knows nothing in the text."""


def load_encoder(name: str = BUILT_IN) -> Encoder:
    """The built-in encoder, or the sentence-transformers model of this name or path; else `EncoderMissing`."""
    return load_static(MODEL_FOLDER, name=name) if name == BUILT_IN else _load_transformer(name)


class StaticEncoder:
    """The mean of the vectors of a text's pieces, as the module StaticEmbedding of sentence-transformers has it."""

    is_quick = True

    def __init__(self, name: str, fingerprint: str, *, tokenizer: Tokenizer, table: NDArray[np.floating]) -> None:
        self.name = name
        self.fingerprint = fingerprint
        self.dimension = table.shape[1]
        self._tokenizer = tokenizer
        self._table = table

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), self.dimension), np.float32)
        for start in range(0, len(texts), _CHUNK):
            chunk = list(texts[start : start + _CHUNK])
            for row, encoding in enumerate(self._tokenizer.encode_batch_fast(chunk, add_special_tokens=False), start):
                if encoding.ids:
                    rows[row] = self._table[encoding.ids].mean(axis=0, dtype=np.float32)
        return _unit(rows)

    def encode_question(self, text: str) -> Vectors:
        return self.encode_passages([text]).reshape(-1)


class TransformerEncoder:
    """Any sentence-transformers model, with the prompts that it was published with."""

    is_quick = False

    def __init__(self, name: str, fingerprint: str, *, model: SentenceTransformer) -> None:
        self.name = name
        self.fingerprint = fingerprint
        self.dimension = int(self._as_vectors(model.encode_query([""], show_progress_bar=False)).shape[1])
        self._model = model

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        return self._as_vectors(self._model.encode_document(list(texts), show_progress_bar=False))

    def encode_question(self, text: str) -> Vectors:
        return self._as_vectors(self._model.encode_query([text], show_progress_bar=False)).reshape(-1)

    @staticmethod
    def _as_vectors(encoded: object) -> Vectors:
        return _unit(np.asarray(encoded, np.float32))


def load_static(folder: Path, *, name: str) -> StaticEncoder:
    """The encoder of a sentence-transformers folder whose one module is StaticEmbedding, read without that library."""
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        table = load_file(folder / _TABLE_FILE)[_TENSOR]
        tokenizer = _read_tokenizer(folder / _TOKENIZER_FILE)
        fingerprint = _fingerprint([folder / _TABLE_FILE, folder / _TOKENIZER_FILE])
    except (OSError, KeyError, ValueError, SafetensorError) as err:
        raise EncoderMissing(name=name, detail=_one_line(err)) from err
    return StaticEncoder(name, fingerprint, tokenizer=tokenizer, table=table)


def _read_tokenizer(path: Path) -> Tokenizer:
    from tokenizers import Tokenizer

    text = path.read_text(encoding="utf-8")
    try:
        return Tokenizer.from_str(text)
    except Exception as err:  # tokenizers raises nothing narrower
        raise ValueError(str(err)) from err


def _load_transformer(name: str) -> TransformerEncoder:
    try:
        from sentence_transformers import SentenceTransformer

        if not Path(name).exists():
            _download(name)
        model = SentenceTransformer(name, local_files_only=True)
    except (OSError, ImportError, LookupError, RuntimeError, TypeError, ValueError) as err:
        raise EncoderMissing(name=name, detail=_one_line(err)) from err
    model.prompts.update(_prompts_for(name, model.prompts))
    return TransformerEncoder(name, _fingerprint_of(name), model=model)


def _download(name: str) -> None:
    """Have the files of this hub model here. Asks the hub once first: its own loading retries for more than a
    minute.
    """
    from httpx2 import HTTPError
    from huggingface_hub import model_info, snapshot_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    try:
        snapshot_download(name, local_files_only=True)
    except LocalEntryNotFoundError:
        try:
            model_info(name, timeout=_HUB_SECONDS)
            snapshot_download(name)
        except HTTPError as err:
            raise ConnectionError(f"the model hub cannot be reached: {err}") from err


def _prompts_for(name: str, configured: Mapping[str, str | None]) -> Mapping[str, str]:
    """The prompts of `encode_query` and `encode_document`: the model's own, else those of E5 for an E5 model.

    sentence-transformers adds an empty "document", which would hide the "passage" of a model that names its prompt so.
    """
    own = {"query": configured.get("query"), "document": _first(configured, "document", "passage", "corpus")}
    if _E5.search(name) and not any(own.values()):
        return _E5_PROMPTS
    return {use: prompt for use, prompt in own.items() if prompt}


def _first(prompts: Mapping[str, str | None], *names: str) -> str | None:
    return next((prompts[name] for name in names if prompts.get(name)), None)


def _fingerprint_of(name: str) -> str:
    """Of a folder, the hash of its files; of a model from the hub, its name and the revision that was fetched."""
    if Path(name).is_dir():
        return _fingerprint(path for path in Path(name).rglob("*") if path.is_file() and path.suffix != ".md")
    from huggingface_hub import try_to_load_from_cache

    cached = (try_to_load_from_cache(name, file) for file in ("modules.json", "config.json"))
    revision = next((Path(path).parent.name for path in cached if isinstance(path, str)), "unknown")
    return f"{name}@{revision}"


def _fingerprint(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.name.encode())
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def _one_line(err: Exception) -> str:
    return next(iter(str(err).strip().splitlines()), "") or type(err).__name__


def _unit(rows: Vectors) -> Vectors:
    """Rows of unit length; in float32, because in float16 sentence-transformers makes NaN of a row of zeros."""
    lengths: Vectors = np.linalg.norm(rows, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    return rows / lengths
