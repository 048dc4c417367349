"""How the built-in encoder is made: ``python -m index.training FOLDER`` learns vectors of word pieces from plain text.

The result is a sentence-transformers folder with one module, StaticEmbedding: the vector of a text is the mean of the
vectors of its pieces. It is trained with in-batch negatives (Henderson et al. 2017, arXiv:1705.00652).
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Annotated

import typer

from index.language.text import fold
from index.searching.encoder import MODEL_FOLDER
from index.training_pairs import Pair, Text, Window, ngrams_below, pair_of, read_texts, unlike, windows_of

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer

PIECES = 32_000
FOLDED_SHARE = 0.25  # of the texts that teach the tokenizer its pieces
ALPHABET = 500  # letters and marks; rarer characters, mostly of other scripts, have no vector
DIMENSION = 256
BATCH = 2_048
NEIGHBOURS = 8  # windows that follow each other and share a batch, as negatives that are hard to tell apart
PASSES = 3
SCALE = 20.0
PEAK_RATE = 0.02
KINSHIP = 0.7  # how much of its first vector a piece has from its unaccented form
THREADS = 2


def train_model(texts: list[Text], out: Path, *, seed: int, pieces: int = PIECES, passes: int = PASSES) -> None:
    """Writes the model learned from these texts as a sentence-transformers folder, in float16.

    The same texts and seed give the same files on one machine.
    """
    _say("Learning the pieces")
    tokenizer = train_tokenizer((f"{text.heading} {text.body}" for text in texts), seed=seed, pieces=pieces)
    windows = [window for text in texts for window in windows_of(text)]
    _say(f"{len(texts):,} texts, {len(windows):,} windows, {tokenizer.get_vocab_size():,} pieces")
    windows += [window for window in windows if window.document]  # laws are the nearest to directives: asked twice
    table = train_table(windows, tokenizer, seed=seed, passes=passes)
    _save(table, tokenizer, out)


def train_tokenizer(texts: Iterable[str], *, seed: int, pieces: int = PIECES) -> Tokenizer:
    """A byte-pair tokenizer over lower-cased NFC words; a share of the texts is folded, for bare words."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

    random = Random(seed)
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    trainer = trainers.BpeTrainer(vocab_size=pieces, limit_alphabet=ALPHABET, show_progress=False)
    tokenizer.train_from_iterator((fold(text) if random.random() < FOLDED_SHARE else text for text in texts), trainer)
    return tokenizer


def train_table(windows: list[Window], tokenizer: Tokenizer, *, seed: int, passes: int = PASSES) -> torch.Tensor:
    """The vectors of the pieces, (pieces, `DIMENSION`): every window answers one fresh question in every pass."""
    import torch
    from rich.progress import track

    torch.manual_seed(seed)
    torch.set_num_threads(THREADS)
    table = torch.nn.Parameter(_first_table(tokenizer, windows))
    steps = passes * math.ceil(len(windows) / BATCH)
    optimizer = torch.optim.Adam([table], lr=PEAK_RATE)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=PEAK_RATE, total_steps=steps)
    for batch in track(
        batches_of(windows, Random(seed), passes=passes), total=steps, description="Learning the vectors"
    ):
        optimizer.zero_grad()
        torch.autograd.backward(_loss(table, tokenizer, batch))
        optimizer.step()
        schedule.step()
    return table.detach()


def batches_of(windows: list[Window], random: Random, *, passes: int) -> Iterator[list[Pair]]:
    """Shuffled batches of at most `BATCH` pairs; `NEIGHBOURS` windows that follow each other stay together."""
    for _ in range(passes):
        runs = _cut(windows, NEIGHBOURS)
        random.shuffle(runs)
        for batch in _cut([window for run in runs for window in run], BATCH):
            if pairs := [pair for window in batch if (pair := pair_of(window, random))]:
                yield pairs


def _cut(windows: list[Window], size: int) -> list[list[Window]]:
    return [windows[start : start + size] for start in range(0, len(windows), size)]


def _first_table(tokenizer: Tokenizer, windows: list[Window]) -> torch.Tensor:
    """Random vectors, longer for rare pieces, alike for pieces that differ only in accents (chinh, chính, chỉnh)."""
    import torch

    vocabulary = tokenizer.get_vocab()
    bare = [fold(piece) for piece in sorted(vocabulary, key=vocabulary.__getitem__)]
    place = {piece: at for at, piece in enumerate(bare)}
    kin = torch.randn(len(bare), DIMENSION)[[place[piece] for piece in bare]]
    own = torch.randn(len(bare), DIMENSION)
    return (KINSHIP * kin + (1 - KINSHIP) * own) * _rarity(tokenizer, windows)[:, None]


def _rarity(tokenizer: Tokenizer, windows: list[Window]) -> torch.Tensor:
    """The inverse document frequency of every piece, 1 on average."""
    import torch

    texts = [" ".join(window.sentences) for window in windows[:: max(1, len(windows) // 20_000)]]
    found = Counter(piece for row in _pieces(tokenizer, texts) for piece in set(row))
    counts = torch.tensor([found[piece] for piece in range(tokenizer.get_vocab_size())])
    rarity = torch.log((len(texts) + 1) / (counts + 1)) + 1e-3
    return rarity / rarity.mean()


def _loss(table: torch.Tensor, tokenizer: Tokenizer, batch: list[Pair]) -> torch.Tensor:
    """Each question, with accents and without, has to find its passage in the batch, and each passage its question."""
    import torch
    from torch.nn.functional import cross_entropy

    questions = [pair.question for pair in batch]
    asked = _unit_rows(table, tokenizer, questions + [fold(question) for question in questions])
    scores = SCALE * asked @ _unit_rows(table, tokenizer, [pair.passage for pair in batch]).T
    own = torch.arange(len(batch))
    return (cross_entropy(scores, own.repeat(2)) + cross_entropy(scores[: len(batch)].T, own)) / 2


def _unit_rows(table: torch.Tensor, tokenizer: Tokenizer, texts: list[str]) -> torch.Tensor:
    import torch
    from torch.nn.functional import embedding_bag, normalize

    rows = _pieces(tokenizer, texts)
    starts = torch.tensor([0, *map(len, rows[:-1])]).cumsum(0)
    flat = torch.tensor([piece for row in rows for piece in row], dtype=torch.long)
    return normalize(embedding_bag(flat, table, starts, mode="mean"))


def _pieces(tokenizer: Tokenizer, texts: list[str]) -> list[list[int]]:
    return [encoding.ids for encoding in tokenizer.encode_batch_fast(texts, add_special_tokens=False)]


def _save(table: torch.Tensor, tokenizer: Tokenizer, out: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=table.half())], device="cpu")
    model.save(str(out), create_model_card=False)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main(
    folder: Annotated[
        Path, typer.Argument(exists=True, file_okay=False, help="Text: .jsonl or .jsonl.gz with title and text.")
    ],
    out: Annotated[Path, typer.Option(help="Where the model is written.")] = MODEL_FOLDER,
    exclude_like: Annotated[
        Path | None, typer.Option(exists=True, file_okay=False, help="Leave out texts like those of this BEIR folder.")
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same model.")] = 1,
) -> None:
    """Train the built-in encoder."""
    held_out = ngrams_below(exclude_like) if exclude_like else frozenset()
    texts = list(read_texts(folder))
    kept = list(unlike(texts, held_out))
    _say(f"{len(texts) - len(kept):,} of {len(texts):,} texts left out")
    train_model(kept, out, seed=seed)


if __name__ == "__main__":
    typer.run(main)
