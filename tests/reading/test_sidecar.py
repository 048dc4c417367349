"""What the sidecar says, and which mistakes in it are named."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from index.errors import BadSidecar
from index.reading.sidecar import Correction, Sidecar, corrected, read_sidecar, sidecar_of
from index.types import Pages, Scan


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


class TestWhatIsSaidOfOtherPapers:
    def test_a_relation_names_its_kind_and_the_other_paper(self, paper: Path) -> None:
        said = say(
            paper,
            "relations:\n- kind: replaces\n  reference: {number: 05-QĐ/ĐU, words: Quy định 05}\n  date: 2026-01-01\n"
            "- kind: expires_on\n  date: 2027-12-31\n",
        )
        kinds = [(relation.kind, relation.reference and relation.reference.number) for relation in said.relations]
        assert kinds == [("replaces", "05-QĐ/ĐU"), ("expires_on", None)]

    @pytest.mark.parametrize(
        ("entry", "key"),
        [
            ("{kind: destroys, reference: {words: x}}", "relations.0.kind"),
            ("{kind: replaces}", "relations.0.reference"),
            ("{kind: replaces, reference: {words: ' '}}", "relations.0.reference"),
            ("{kind: amends, reference: {words: x, number: 1 2 3}}", "relations.0.reference.number"),
            ("{kind: expires_on}", "relations.0.date"),
            ("{kind: in_force_from, date: 2026-01-01, reference: {words: x}}", "relations.0.reference"),
            ("{kind: replaces, reference: {words: x}, date: hôm qua}", "relations.0.date"),
            ("{kind: replaces, reference: {words: x}, span: {start: 0, end: 1}}", "relations.0.span"),
        ],
    )
    def test_one_that_makes_no_sense_is_named(self, paper: Path, entry: str, key: str) -> None:
        facts = complaint(paper, f"relations:\n- {entry}\n")
        assert (facts["key"], facts["fault"]) == (key, "bad_value")

    def test_the_type_of_an_attached_paper_must_be_one(self, paper: Path) -> None:
        assert complaint(paper, "attached: {type: ZZ}")["key"] == "attached.type"

    def test_a_correction_of_nothing_is_named(self, paper: Path) -> None:
        assert complaint(paper, "corrections: [{read: ' ', meant: x}]")["key"] == "corrections.0.read"


class TestCorrections:
    pages = Pages(
        pages=(("Số 05-KIL/TU", "Chỉ bộ họp, chỉ bộ", "bàn việc."), ("Chỉ bộ ghi", "", "biên bản chỉ bộ.")),
        physical=True,
        wrapped=True,
        scans=(Scan(page=1, confidence=60, weak_words=("05-KIL/TU", "họp,")), Scan(page=2, confidence=60)),
    )

    def corrected(self, *corrections: Correction) -> tuple[tuple[str, ...], ...]:
        return corrected(self.pages, corrections, name="a.pdf").pages

    def test_a_word_is_what_was_meant_everywhere(self) -> None:
        pages = self.corrected(Correction(read="chỉ bộ", meant="chi bộ"))
        assert pages == (("Số 05-KIL/TU", "Chỉ bộ họp, chi bộ", "bàn việc."), ("Chỉ bộ ghi", "", "biên bản chi bộ."))

    def test_only_on_the_page_that_is_said(self) -> None:
        pages = self.corrected(Correction(read="Chỉ bộ", meant="Chi bộ", page=2))
        assert (pages[0][1], pages[1][0]) == ("Chỉ bộ họp, chỉ bộ", "Chi bộ ghi")

    def test_a_phrase_may_be_broken_over_lines(self) -> None:
        pages = self.corrected(Correction(read="chỉ bộ bàn việc", meant="chi bộ bàn công việc"))
        assert pages[0] == ("Số 05-KIL/TU", "Chỉ bộ họp, chi bộ", "bàn công việc.")

    def test_never_a_part_of_a_word(self) -> None:
        with pytest.raises(BadSidecar):
            self.corrected(Correction(read="iệc", meant="x"))

    def test_a_line_that_is_taken_away_leaves_no_gap(self) -> None:
        assert self.corrected(Correction(read="bàn việc.", meant=""))[0] == ("Số 05-KIL/TU", "Chỉ bộ họp, chỉ bộ")

    def test_what_was_corrected_is_weak_no_more(self) -> None:
        found = corrected(self.pages, [Correction(read="05-KIL/TU", meant="05-KL/TU")], name="a.pdf")
        assert [scan.weak_words for scan in found.scans] == [("họp,",), ()]

    @pytest.mark.parametrize("page", [None, 2, 7])
    def test_one_that_meets_nothing_is_named(self, page: int | None) -> None:
        with pytest.raises(BadSidecar) as caught:
            self.corrected(Correction(read="05-KIL/ĐU" if page is None else "05-KIL/TU", meant="x", page=page))
        assert caught.value.facts["value"].startswith("05-KIL/")
        assert (caught.value.facts["fault"], caught.value.facts["path"]) == ("bad_value", "a.pdf")
