"""What the sidecar says, and which mistakes in it are named."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from index.errors import BadSidecar
from index.reading.sidecar import Sidecar, read_sidecar, sidecar_of


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
        ('number: "!!!"', "number"),
        ("number: 46-KH/ĐU và 47-KH/ĐU", "number"),
        ("type: ZZ", "type"),
        ("sample: có lẽ", "sample"),
        ("title: [a, b]", "title"),
    ],
)
def test_a_bad_key_is_named(paper: Path, content: str, key: str) -> None:
    assert complaint(paper, content)["key"] == key


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("a: b: c", "unreadable"),
        ("- một\n- hai", "no_mapping"),
        ("chỉ một câu", "no_mapping"),
        ("date: 2026-02-30", "unreadable"),
        (b"type: \xff\xfe", "unreadable"),
        ("[" * 3000, "unreadable"),
        ("1: x\n2: y", "bad_value"),
        ("type: ZZ", "bad_value"),
        ("type: KH\ntype: QĐ", "unreadable"),
        ("nubmer: 1", "unknown_key"),
        ("audience: everybody", "bad_value"),
    ],
)
def test_the_fault_is_said_in_one_line_for_its_paper(paper: Path, content: str | bytes, fault: str) -> None:
    facts = complaint(paper, content)
    assert (facts["path"], facts["fault"]) == ("x/kh-1.docx", fault)
    assert "\n" not in facts["value"]


def test_a_key_said_twice_is_named(paper: Path) -> None:
    assert complaint(paper, "title: một\ntype: KH\ntype: QĐ")["key"] == "type"


@pytest.mark.parametrize("kind", ["KH", "QyĐ", "DA", "kh", "Kế hoạch"])
def test_a_type_may_be_said_as_a_symbol_or_a_name(paper: Path, kind: str) -> None:
    assert say(paper, f"type: {kind}").type == kind


def test_a_folder_in_its_place_is_reported(paper: Path) -> None:
    sidecar_of(paper).mkdir()
    with pytest.raises(BadSidecar):
        read_sidecar(paper, name="kh-1.docx")
