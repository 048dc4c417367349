"""An encoder without a model, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray


class WordHashes:
    """An encoder that is a pure function of the text: shared words make near vectors."""

    dimension = 64
    is_quick = True

    def __init__(self, name: str = "word-hashes") -> None:
        self.name = self.fingerprint = name
        self.encoded: list[str] = []

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.encoded.extend(texts)
        vectors = [self.encode_question(text) for text in texts]
        return np.array(vectors, dtype=np.float32).reshape(-1, self.dimension)

    def encode_question(self, text: str) -> NDArray[np.float32]:
        vector = np.full(self.dimension, 1e-3, dtype=np.float32)
        for word in text.lower().split():
            vector[sha256((self.name + word).encode()).digest()[0] % self.dimension] += 1
        return vector / np.linalg.norm(vector)
