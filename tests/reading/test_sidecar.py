"""What the sidecar says, and which mistakes in it are named."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from index.errors import BadSidecar
from index.reading.sidecar import read_sidecar, sidecar_of
from index.types import Sidecar


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    return tmp_path / "kh-1.docx"


def say(paper: Path, content: str | bytes) -> Sidecar:
    sidecar_of(paper).write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_sidecar(paper, name="x/kh-1.docx")


def complaint(paper: Path, content: str | bytes) -> dict[str, str]:
    with pytest.raises(BadSidecar) as caught:
        say(paper, content)
    return caught.value.facts


def test_stands_beside_the_file_under_its_whole_name(paper: Path) -> None:
    assert sidecar_of(paper).name == "kh-1.docx.yaml"


def test_is_empty_where_there_is_none(paper: Path) -> None:
    assert read_sidecar(paper, name="kh-1.docx") == Sidecar()


@pytest.mark.parametrize("content", ["", "# chưa ghi gì\n", "---\n"])
def test_is_empty_where_it_says_nothing(paper: Path, content: str) -> None:
    assert say(paper, content) == Sidecar()


def test_says_all_seven_keys(paper: Path) -> None:
    said = say(
        paper,
        'number: 46-KH/ĐU\ntype: KH\nissuer: Đảng ủy\ndate: 2026-09-14\ntitle: "về: họp"\n'
        'audience: "cell:Khu phố 3"\nsample: true\n',
    )
    assert said == Sidecar(
        number="46-KH/ĐU",
        type="KH",
        issuer="Đảng ủy",
        date=datetime.date(2026, 9, 14),
        title="về: họp",
        audience="cell:Khu phố 3",
        sample=True,
    )


def test_may_begin_with_a_byte_order_mark(paper: Path) -> None:
    assert say(paper, "\ufefftype: KH".encode()).type == "KH"


@pytest.mark.parametrize(
    ("content", "key"),
    [
        ("nubmer: 1-KH/ĐU", "nubmer"),
        ("audience: everybody", "audience"),
        ('audience: "cell:"', "audience"),
        ("date: hôm qua", "date"),
        ("number: 46", "number"),
        ("sample: có lẽ", "sample"),
        ("title: [a, b]", "title"),
    ],
)
def test_a_bad_key_is_named(paper: Path, content: str, key: str) -> None:
    assert complaint(paper, content)["key"] == key


@pytest.mark.parametrize(
    "content",
    ["a: b: c", "- một\n- hai", "chỉ một câu", "date: 2026-02-30", b"type: \xff\xfe", "[" * 3000, "1: x\n2: y"],
    ids=["yaml", "list", "sentence", "impossible date", "bytes", "deep", "numbers as keys"],
)
def test_what_cannot_be_read_leaves_out_its_paper(paper: Path, content: str | bytes) -> None:
    facts = complaint(paper, content)
    assert facts["path"] == "x/kh-1.docx"
    assert facts["detail"]
    assert "\n" not in facts["detail"]


def test_a_folder_in_its_place_is_reported(paper: Path) -> None:
    sidecar_of(paper).mkdir()
    with pytest.raises(BadSidecar):
        read_sidecar(paper, name="kh-1.docx")
