from __future__ import annotations

import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import save_file
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

from index.errors import EncoderMissing
from index.searching.encoder import BUILT_IN, MODEL_FOLDER, Encoder, load_encoder, load_static

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

PASSAGES = (
    "Đảng viên đóng đảng phí hằng tháng tại chi bộ nơi sinh hoạt.",
    "Ủy ban nhân dân cấp xã kiểm tra việc phòng cháy, chữa cháy tại khu dân cư.",
    "Người lao động được nghỉ hằng năm 12 ngày làm việc, hưởng nguyên lương.",
    "Chi bộ họp định kỳ mỗi tháng một lần, do cấp ủy triệu tập.",
)
TABLE = np.array([[0, 0, 9], [3, 0, 0], [0, 4, 0]], np.float16)


@pytest.fixture(scope="module")
def built_in() -> Encoder:
    return load_encoder()


@pytest.fixture
def small_folder(tmp_path: Path) -> Path:
    """A static model of two words."""
    tokenizer = Tokenizer(models.WordLevel({"[x]": 0, "chi": 1, "bộ": 2}, unk_token=None))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(single="[x] $0", special_tokens=[("[x]", 0)])
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    save_file({"embedding.weight": TABLE}, tmp_path / "model.safetensors")
    return tmp_path


def test_a_static_vector_is_the_unit_mean_of_the_rows_of_its_pieces(small_folder: Path) -> None:
    vector = load_static(small_folder, name="small").encode_question("Chi bộ bộ")
    expected = np.array([3, 8, 0]) / np.hypot(3, 8)
    np.testing.assert_allclose(vector, expected, rtol=1e-6)


def test_many_texts_give_the_rows_that_each_gives_alone(small_folder: Path) -> None:
    encoder = load_static(small_folder, name="small")
    texts = ["chi", "bộ", "chi bộ", ""] * 700
    np.testing.assert_array_equal(encoder.encode_passages(texts), np.array([encoder.encode_question(t) for t in texts]))


def test_no_texts_give_no_rows_of_the_right_width(built_in: Encoder) -> None:
    assert built_in.encode_passages([]).shape == (0, built_in.dimension)


def test_a_copy_has_the_same_fingerprint(small_folder: Path) -> None:
    first, second = (load_static(small_folder, name=name) for name in ("one", "two"))
    assert first.fingerprint == second.fingerprint


def test_other_weights_have_another_fingerprint(small_folder: Path) -> None:
    before = load_static(small_folder, name="small").fingerprint
    save_file({"embedding.weight": TABLE + 1}, small_folder / "model.safetensors")
    assert load_static(small_folder, name="small").fingerprint != before


@pytest.mark.parametrize("broken", ["model.safetensors", "tokenizer.json"])
def test_a_folder_without_one_of_its_files_is_missing(small_folder: Path, broken: str) -> None:
    (small_folder / broken).unlink()
    with pytest.raises(EncoderMissing):
        load_static(small_folder, name="small")


def test_damaged_weights_are_missing_and_name_the_encoder(small_folder: Path) -> None:
    (small_folder / "model.safetensors").write_bytes(b"not a table")
    with pytest.raises(EncoderMissing) as caught:
        load_static(small_folder, name="small")
    assert caught.value.facts["name"] == "small"


def test_a_damaged_tokenizer_is_missing(small_folder: Path) -> None:
    (small_folder / "tokenizer.json").write_text("{}", encoding="utf-8")
    with pytest.raises(EncoderMissing):
        load_static(small_folder, name="small")


def test_the_built_in_encoder_bears_the_name_it_was_asked_by(built_in: Encoder) -> None:
    assert built_in.name == BUILT_IN


@given(text=st.text(max_size=200))
def test_every_built_in_vector_is_of_unit_length_or_zero(built_in: Encoder, text: str) -> None:
    length = float(np.linalg.norm(built_in.encode_question(text)))
    assert length == 0 or length == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("text", ["", "   ", "\U0001f642"])
def test_a_text_without_a_known_piece_is_zero(built_in: Encoder, text: str) -> None:
    assert not built_in.encode_question(text).any()


def test_vectors_are_float32(built_in: Encoder) -> None:
    assert built_in.encode_passages(PASSAGES).dtype == np.float32


def test_capitals_and_decomposed_letters_do_not_change_a_vector(built_in: Encoder) -> None:
    plain = built_in.encode_question(PASSAGES[0])
    other = built_in.encode_question(unicodedata.normalize("NFD", PASSAGES[0].upper()))
    np.testing.assert_array_equal(plain, other)


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("Hằng tháng đảng viên nộp đảng phí ở đâu?", 0),
        ("dang vien dong dang phi o dau", 0),
        ("ai kiem tra phong chay chua chay", 1),
        ("Người lao động được nghỉ phép bao nhiêu ngày?", 2),
        ("chi bo hop may lan mot thang", 3),
    ],
)
def test_a_question_is_nearest_to_the_passage_that_answers_it(built_in: Encoder, question: str, passage: int) -> None:
    scores = built_in.encode_passages(PASSAGES) @ built_in.encode_question(question)
    assert scores.argmax() == passage


def test_the_shipped_model_is_under_20_megabytes() -> None:
    assert sum(path.stat().st_size for path in MODEL_FOLDER.iterdir()) < 20_000_000


def test_the_model_card_names_the_licence_of_wikipedia() -> None:
    assert "CC BY-SA 4.0" in (MODEL_FOLDER / "README.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_built_in_encoder_imports_neither_torch_nor_sentence_transformers() -> None:
    code = (
        "import sys; from index.searching.encoder import load_encoder; load_encoder().encode_question('chi bộ');"
        "print([name for name in ('torch', 'sentence_transformers', 'transformers') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=_root())
    assert run.stdout.strip() == "[]"


@pytest.mark.slow
def test_the_built_in_vectors_are_those_of_sentence_transformers(built_in: Encoder) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(MODEL_FOLDER), device="cpu")
    texts = [*PASSAGES, "24-CT/TU ngày 07/8/2023", "khong dau", "ĐẢNG ỦY", "x " * 3_000]
    theirs = model.encode(texts, normalize_embeddings=True)
    np.testing.assert_allclose(built_in.encode_passages(texts), theirs, atol=1e-3)


@pytest.mark.slow
class TestAnyModel:
    """A tiny transformer made on the spot, saved to a folder, and loaded by its path."""

    def test_its_vectors_are_those_of_sentence_transformers(self, tiny_transformer: Path) -> None:
        theirs = _open(tiny_transformer).encode(list(PASSAGES), normalize_embeddings=True)
        ours = load_encoder(str(tiny_transformer)).encode_passages(PASSAGES)
        np.testing.assert_allclose(ours, theirs, atol=1e-5)

    def test_its_dimension_is_that_of_its_vectors(self, tiny_transformer: Path) -> None:
        encoder = load_encoder(str(tiny_transformer))
        assert encoder.encode_passages([]).shape == (0, encoder.dimension) == (0, 32)

    def test_its_own_prompts_go_before_questions_and_passages(self, tiny_transformer: Path, tmp_path: Path) -> None:
        _open(tiny_transformer, prompts={"query": "hỏi: ", "passage": "đoạn: "}).save(str(tmp_path))
        assert _prompts_seen(tmp_path, tiny_transformer) == ("hỏi: ", "đoạn: ")

    def test_an_e5_model_without_prompts_gets_those_of_its_card(self, tiny_transformer: Path, tmp_path: Path) -> None:
        folder = tmp_path / "multilingual-e5-small"
        _open(tiny_transformer).save(str(folder))
        assert _prompts_seen(folder, tiny_transformer) == ("query: ", "passage: ")

    def test_other_models_without_prompts_get_none(self, tiny_transformer: Path) -> None:
        assert _prompts_seen(tiny_transformer, tiny_transformer) == ("", "")

    def test_other_weights_have_another_fingerprint(self, tiny_transformer: Path, tmp_path: Path) -> None:
        _make_transformer(tmp_path, seed=2)
        assert load_encoder(str(tmp_path)).fingerprint != load_encoder(str(tiny_transformer)).fingerprint

    def test_a_name_that_cannot_be_had_is_missing_in_one_line(self, tmp_path: Path) -> None:
        with pytest.raises(EncoderMissing) as caught:
            load_encoder(str(tmp_path / "nowhere"))
        assert len(str(caught.value).splitlines()) == 1


@pytest.fixture(scope="module")
def tiny_transformer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "tiny"
    _make_transformer(folder, seed=1)
    return folder


def _make_transformer(folder: Path, *, seed: int) -> None:
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizer

    torch.manual_seed(seed)
    inner = folder.with_name(folder.name + "-bert")
    letters = sorted(set("abcdefghijklmnopqrstuvwxyz:.,?0123456789"))
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{letter}" for letter in letters)]
    inner.mkdir()
    (inner / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    BertTokenizer(str(inner / "vocab.txt"), do_lower_case=True).save_pretrained(inner)
    config = BertConfig(
        vocab_size=len(words), hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32
    )
    BertModel(config).save_pretrained(inner)
    transformer = Transformer(str(inner))
    SentenceTransformer(modules=[transformer, Pooling(32)], device="cpu").save(str(folder))


def _open(folder: Path, **settings: Any) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(folder), device="cpu", **settings)


def _prompts_seen(folder: Path, bare: Path) -> tuple[str, str]:
    """Which prompts `load_encoder` puts before a question and a passage, found by encoding them openly without any."""
    encoder, plain = load_encoder(str(folder)), _open(bare)
    prompts = ("", "hỏi: ", "đoạn: ", "query: ", "passage: ")
    openly = plain.encode([prompt + PASSAGES[3] for prompt in prompts], normalize_embeddings=True)
    asked = openly @ encoder.encode_question(PASSAGES[3])
    stored = openly @ encoder.encode_passages([PASSAGES[3]])[0]
    return prompts[int(asked.argmax())], prompts[int(stored.argmax())]


def _root() -> Path:
    return Path(__file__).parents[2]
