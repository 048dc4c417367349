"""Rolls as offices keep them, in files; and what one changes."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from bot import texts
from bot.errors import BadRoll, FileMissing
from bot.people.administrators import is_last_administrator
from bot.people.roll import RollRow, apply, plan, read_roll
from bot.state import inbox, members
from bot.state.members import Role
from tests.people.people import NOW, codes

HEADER = ["Mã", "Họ tên", "Chi bộ", "Vai trò"]
BINH = ["HP-01", "Trần Thị Bình", "Khu phố 2", "bí thư"]
DUC = ["HP-02", "Lê Đình Đức", "Khu phố 3", "đảng viên"]


@pytest.fixture
def csv_file(tmp_path):
    def write(text: str, *, encoding: str = "utf-8", name: str = "roll.csv"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write


@pytest.fixture
def xlsx_file(tmp_path):
    def write(*rows, name: str = "roll.xlsx", sheets: tuple[str, ...] = ("Danh sách",), on: str = "Danh sách"):
        workbook = Workbook()
        workbook.remove(workbook.active)
        for sheet in sheets:
            workbook.create_sheet(sheet)
        for row in rows:
            workbook[on].append(row)
        path = tmp_path / name
        workbook.save(path)
        return path

    return write


def table(*rows: list[str], divider: str = ",") -> str:
    return "".join(divider.join(row) + "\n" for row in rows)


def problems(path) -> tuple[str, ...]:
    with pytest.raises(BadRoll) as raised:
        read_roll(path)
    assert raised.value.facts["path"] == str(path)
    return raised.value.problems


# --- files that are read


@pytest.mark.parametrize("divider", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_is_read_however_it_is_divided_and_marked(csv_file, divider, encoding):
    rows = read_roll(csv_file(table(HEADER, BINH, DUC, divider=divider), encoding=encoding))
    assert rows == (
        RollRow(line=2, code="HP-01", name="Trần Thị Bình", cell="Khu phố 2", role=Role.SECRETARY),
        RollRow(line=3, code="HP-02", name="Lê Đình Đức", cell="Khu phố 3", role=Role.MEMBER),
    )


def test_an_excel_file_is_read_to_the_same_rows_as_a_csv(csv_file, xlsx_file):
    assert read_roll(xlsx_file(HEADER, BINH, DUC)) == read_roll(csv_file(table(HEADER, BINH, DUC)))


def test_quoted_cells_may_hold_the_divider_quotes_and_line_breaks(csv_file):
    text = 'code,name,cell,role\r\n1,"Trần ""Ba"" Bình","Khu phố 2,\r\n 3",member\r\n2,An,Khu phố 1,member\r\n'
    rows = read_roll(csv_file(text))
    assert [(row.line, row.name, row.cell) for row in rows] == [
        (2, 'Trần "Ba" Bình', "Khu phố 2, 3"),
        (4, "An", "Khu phố 1"),
    ]


@pytest.mark.parametrize(
    "header",
    [
        ["code", "name", "cell", "role"],
        ["CODE", "Name", " cell ", "ROLE"],
        ["mã", "họ tên", "chi bộ", "vai trò"],
        ["MÃ ĐẢNG VIÊN", "HỌ VÀ TÊN", "CHI BỘ", "CHỨC VỤ"],
        ["Số thẻ", "Ho va ten", "Chi bo", "Vai tro"],
        ["Mã (*)", "Họ tên:", "Chi bộ.", "Vai trò *"],
        ["Ma\u0303", "Họ tên", "Chi bộ", "Vai trò"],
    ],
)
def test_columns_are_known_in_both_languages_whatever_their_case_accents_and_marks(csv_file, header):
    assert [row.code for row in read_roll(csv_file(table(header, BINH)))] == ["HP-01"]


def test_columns_stand_in_any_order_among_others_below_a_title(xlsx_file):
    path = xlsx_file(
        ["DANH SÁCH ĐẢNG VIÊN"],
        [],
        ["TT", "Vai trò", "Ngày sinh", "Chi bộ", "Họ và tên", "Mã"],
        [1, "bí thư", "02/9/1955", "Khu phố 2", "Trần Thị Bình", "HP-01"],
    )
    assert read_roll(path) == (
        RollRow(line=4, code="HP-01", name="Trần Thị Bình", cell="Khu phố 2", role=Role.SECRETARY),
    )


def test_the_first_sheet_that_has_the_columns_is_read(xlsx_file):
    path = xlsx_file(HEADER, BINH, sheets=("Bìa", "Đảng viên", "Khác"), on="Đảng viên")
    assert [row.code for row in read_roll(path)] == ["HP-01"]


@pytest.mark.parametrize(
    ("written", "role"),
    [
        ("member", "member"), ("Secretary", "secretary"), ("committee", "committee"),
        ("administrator", "administrator"), ("đảng viên", "member"), ("Đảng Viên", "member"), ("bí thư", "secretary"),
        ("BÍ THƯ", "secretary"), ("cấp ủy viên", "committee"), ("cấp uỷ viên", "committee"),
        ("Cấp Uỷ Viên", "committee"), ("quản trị viên", "administrator"), ("quan tri vien", "administrator"),
    ],
)  # fmt: skip
def test_roles_are_known_in_both_languages(csv_file, written, role):
    [row] = read_roll(csv_file(table(HEADER, ["1", "An", "Khu phố 1", written])))
    assert row.role == role


@pytest.mark.parametrize(
    ("value", "code"), [(12, "12"), (12.0, "12"), (12.5, "12.5"), ("012", "012"), (123456789012, "123456789012")]
)
def test_a_number_in_an_excel_cell_is_read_as_it_is_shown(xlsx_file, value, code):
    [row] = read_roll(xlsx_file(HEADER, [value, "An", 5, "member"]))
    assert (row.code, row.cell) == (code, "5")


def test_leading_zeros_that_only_the_format_of_a_cell_shows_are_kept(xlsx_file):
    path = xlsx_file(HEADER, [7, "An", "Khu phố 1", "member"])
    workbook = load_workbook(path)
    workbook.active["A2"].number_format = "0000"
    workbook.save(path)
    assert [row.code for row in read_roll(path)] == ["0007"]


def test_names_are_composed_and_markup_in_them_stays_as_it_is(csv_file):
    [row] = read_roll(csv_file(table(HEADER, ["1", " Bi\u0300nh  <b>&amp;\u200b</b> ", "Khu phố 1", "member"])))
    assert row.name == "Bình <b>&amp;</b>"


def test_lines_in_which_no_column_says_anything_are_no_people(csv_file):
    rows = read_roll(csv_file("TT;Mã;Họ tên;Chi bộ;Vai trò\n1;A1;An;Khu phố 1;member\n;;;;\n\nTổng cộng: 1;;;;\n"))
    assert [row.code for row in rows] == ["A1"]


def test_a_cell_that_was_only_coloured_far_below_is_no_row(xlsx_file):
    path = xlsx_file(HEADER, BINH)
    workbook = load_workbook(path)
    workbook.active["A60000"].number_format = "0000"
    workbook.save(path)
    assert len(read_roll(path)) == 1


# --- bad rows


def test_every_bad_row_is_named_with_its_line_its_value_and_the_cure(csv_file):
    path = csv_file(
        table(
            HEADER,
            BINH,
            ["", "An", "Khu phố 1", "member"],
            ["hp-01", "Chi", "Khu phố 1", "member"],
            ["A3", "", "", "member"],
            ["A4", "Dung", "Khu phố 1", "giám đốc"],
            ["A5", "Em", "Khu phố 1", ""],
        )
    )
    assert problems(path) == (
        "Dòng 3: ô mã trống; hãy điền mã",
        "Dòng 4: mã “hp-01” đã có ở dòng 2; hãy cho mỗi người một mã riêng",
        "Dòng 5: ô họ tên trống; hãy điền họ tên",
        "Dòng 5: ô chi bộ trống; hãy điền chi bộ",
        "Dòng 6: vai trò “giám đốc” không có; hãy ghi một trong: đảng viên, bí thư, cấp ủy viên, quản trị viên",
        "Dòng 7: ô vai trò trống; hãy điền vai trò",
    )


def test_lines_are_counted_as_excel_shows_them(xlsx_file):
    assert problems(xlsx_file(["Danh sách"], [], HEADER, BINH, [], ["A2", "", "Khu phố 1", "member"])) == (
        "Dòng 6: ô họ tên trống; hãy điền họ tên",
    )


def test_a_formula_that_failed_is_an_empty_cell(xlsx_file):
    path = xlsx_file(HEADER, ["#N/A", "An", "Khu phố 1", "member"])
    assert problems(path) == ("Dòng 2: ô mã trống; hãy điền mã",)


def test_a_cell_that_is_much_too_long_is_refused(csv_file):
    [problem] = problems(csv_file(table(HEADER, ["1", "An" * 200, "Khu phố 1", "member"])))
    assert problem.startswith("Dòng 2: ô họ tên dài quá 200 ký tự")


def test_very_many_problems_are_cut_and_counted(csv_file):
    found = problems(csv_file(table(HEADER, *([["", "An", "Khu phố 1", "member"]] * 80))))
    assert len(found) == 51
    assert found[-1] == "… và 30 dòng sai nữa"


def test_a_row_that_is_too_short_lacks_its_cells(csv_file):
    assert problems(csv_file(table(HEADER, ["A1", "An"]))) == (
        "Dòng 2: ô chi bộ trống; hãy điền chi bộ",
        "Dòng 2: ô vai trò trống; hãy điền vai trò",
    )


# --- files that are none


def test_a_missing_column_is_named(csv_file):
    [problem] = problems(csv_file(table(["Mã", "Họ tên", "Vai trò"], ["A1", "An", "member"])))
    assert "thiếu cột chi bộ" in problem


def test_a_file_without_any_header_is_told_apart(csv_file):
    [problem] = problems(csv_file("xin chào\n1,2,3\n"))
    assert "không thấy dòng tiêu đề" in problem


def test_two_columns_of_one_kind_are_refused(csv_file):
    [problem] = problems(csv_file(table([*HEADER, "Số thẻ"], [*BINH, "99"])))
    assert problem == "Dòng 1: có hai cột mã (“Mã” và “Số thẻ”); hãy bỏ hoặc đổi tên một cột"


def test_a_first_name_beside_a_family_name_is_never_taken_for_the_name(csv_file):
    [problem] = problems(
        csv_file(table(["Mã", "Họ đệm", "Tên", "Chi bộ", "Vai trò"], ["1", "Lê", "An", "5", "member"]))
    )
    assert "thiếu cột họ tên" in problem


def test_a_header_with_nobody_below_it_is_no_roll(csv_file):
    assert problems(csv_file(table(HEADER))) == (texts.ROLL_NOBODY,)


def test_a_quote_that_is_never_closed_swallows_nobody(csv_file):
    text = table(HEADER, BINH) + 'A2,"An,Khu phố 1,member\n' + table(DUC)
    assert problems(csv_file(text)) == (texts.ROLL_LINE.format(line=3, problem=texts.ROLL_BAD_QUOTES),)


def test_a_csv_in_an_old_encoding_is_refused_before_names_are_garbled(csv_file):
    assert problems(csv_file("Ma\u0303,Ho\u0323 t\u00ean\n", encoding="cp1258")) == (texts.ROLL_NOT_UTF8,)


@pytest.mark.parametrize("name", ["roll.xls", "roll.txt", "roll"])
def test_another_format_is_refused_with_the_cure(csv_file, name):
    [problem] = problems(csv_file(table(HEADER, BINH), name=name))
    assert ".xlsx" in problem


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x03\x04 cut off", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 64])
def test_a_damaged_or_locked_workbook_is_refused(tmp_path, data):
    path = tmp_path / "roll.xlsx"
    path.write_bytes(data)
    assert problems(path) == (texts.ROLL_DAMAGED,)


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("content", [b"", b"<broken", b"<a/>"], ids=["empty", "broken", "other"])
def test_a_workbook_with_a_bad_part_is_refused(xlsx_file, part, content):
    path = xlsx_file(HEADER, BINH)
    packed = io.BytesIO()
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(packed, "w") as changed:
        for name in whole.namelist():
            changed.writestr(name, content if name == part else whole.read(name))
    path.write_bytes(packed.getvalue())
    assert len(problems(path)) == 1


def test_a_zip_bomb_is_refused_unopened(tmp_path):
    path = tmp_path / "roll.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b" " * (21 * 1024 * 1024))
    assert path.stat().st_size < 100_000
    assert problems(path) == (texts.ROLL_TOO_LARGE.format(limit=20),)


def test_a_huge_csv_is_refused(csv_file):
    assert problems(csv_file("x" * (20 * 1024 * 1024 + 1))) == (texts.ROLL_TOO_LARGE.format(limit=20),)


def test_more_people_than_any_roll_has_are_refused(csv_file):
    rows = [[str(number), "An", "5", "member"] for number in range(10_001)]
    assert problems(csv_file(table(HEADER, *rows))) == (texts.ROLL_TOO_MANY.format(limit=10_000),)


@pytest.mark.parametrize("name", ["missing.csv", "folder.csv"])
def test_a_file_that_cannot_be_opened_is_named(tmp_path, name):
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(FileMissing, match=name):
        read_roll(tmp_path / name)


# --- what a roll changes


def row(code: str, name: str = "Nguyễn Văn An", cell: str = "Khu phố 1", role: str = "member") -> RollRow:
    return RollRow(line=2, code=code, name=name, cell=cell, role=Role(role))


@pytest.fixture
def take_in(people):
    """Takes rows in; who was removed and who was kept against them."""

    def run(*rows: RollRow, remove_missing: bool = False) -> tuple[list[str], list[str]]:
        with people.database.transaction() as db:
            planned = plan(members.everybody(db), rows)
            applied = apply(db, planned, remove_missing=remove_missing, now=NOW, actor="console")
        return codes(applied.removed), codes(applied.kept)

    return run


def test_a_plan_tells_added_changed_unchanged_and_missing_apart(people):
    for code in ("A1", "A2", "A3"):
        people.add(code)
    planned = plan(people.everybody().values(), [row("A2"), row("a3", cell="Khu phố 9"), row("A4")])
    assert [each.code for each in planned.added] == ["A4"]
    assert [(change.member.code, change.row.cell) for change in planned.changed] == [("A3", "Khu phố 9")]
    assert codes(planned.unchanged) == ["A2"]
    assert codes(planned.missing) == ["A1"]


def test_a_second_roll_updates_by_code_and_keeps_the_accounts(people, take_in):
    people.link(people.add("A1"), "77")
    take_in(row("A1", "Trần Thị Bình", "Khu phố 2", "secretary"))
    member = people.asker("77").member
    assert (member.code, member.name, member.cell, member.role) == (
        "A1", "Trần Thị Bình", "Khu phố 2", Role.SECRETARY,
    )  # fmt: skip


def test_the_same_roll_again_changes_nothing(people, take_in):
    take_in(row("A1"), row("A2"))
    before = people.everybody()
    take_in(row("A1"), row("A2"))
    assert people.everybody() == before
    assert people.audited("roll.import")[-1] == {
        "actor": "console", "added": "0", "changed": "0", "unchanged": "2", "removed": "0",
    }  # fmt: skip


def test_those_who_are_missing_stay_until_it_is_asked_for(people, take_in):
    people.add("A1")
    assert take_in(row("A2")) == ([], [])
    assert set(people.everybody()) == {"A1", "A2"}
    assert take_in(row("A2"), remove_missing=True) == (["A1"], [])
    assert set(people.everybody()) == {"A2"}


def test_whoever_is_removed_goes_with_accounts_codes_and_what_was_written(people, take_in):
    people.link(people.add("A1"), "77")
    with people.database.transaction() as db:
        asked = people.asks("77", "Hỏi").incoming
        inbox.store(db, asked, now=NOW)
        inbox.mark_answered(db, 1, now=NOW)
    take_in(row("A2"), remove_missing=True)
    assert people.code_of("77") is None
    assert people.count("accounts") == 0
    assert people.audited("member.remove") == [{"actor": "console", "member": "A1"}]


def test_a_change_of_role_is_audited(people, take_in):
    people.add("A1")
    take_in(row("A1", role="committee"))
    assert people.audited("member.role") == [{"actor": "console", "member": "A1", "role": "committee"}]


def roles(people) -> dict[str, str]:
    return {code: member.role.value for code, member in people.everybody().items()}


def test_the_last_administrator_is_not_removed(people, take_in):
    people.add("Q1", role="administrator")
    people.add("A1")
    assert take_in(row("A2"), remove_missing=True) == (["A1"], ["Q1"])
    assert roles(people) == {"Q1": "administrator", "A2": "member"}


def test_the_last_administrator_keeps_the_role_though_the_rest_is_updated(people, take_in):
    people.add("Q1", role="administrator")
    assert take_in(row("Q1", "Tên Mới", "Khu phố 9", "member")) == ([], ["Q1"])
    member = people.everybody()["Q1"]
    assert (member.name, member.cell, member.role) == ("Tên Mới", "Khu phố 9", Role.ADMINISTRATOR)


def test_two_administrators_who_would_both_lose_it_both_keep_it(people, take_in):
    people.add("Q1", role="administrator")
    people.add("Q2", role="administrator")
    assert take_in(row("Q1"), remove_missing=True) == ([], ["Q1", "Q2"])
    assert roles(people) == {"Q1": "administrator", "Q2": "administrator"}


@pytest.mark.parametrize("successor", ["added", "changed", "unchanged"])
def test_an_administrator_goes_when_there_is_another_one(people, take_in, successor):
    people.add("Q1", role="administrator")
    if successor != "added":
        people.add("Q2", role="administrator" if successor == "unchanged" else "member")
    assert take_in(row("Q2", role="administrator"), remove_missing=True) == (["Q1"], [])
    assert roles(people) == {"Q2": "administrator"}


def test_an_administrator_who_is_missing_and_stays_is_enough(people, take_in):
    people.add("Q1", role="administrator")
    people.add("Q2", role="administrator")
    assert take_in(row("Q2", role="member")) == ([], [])
    assert roles(people) == {"Q1": "administrator", "Q2": "member"}


def test_a_roll_may_be_taken_in_where_nobody_administers_yet(people, take_in):
    assert take_in(row("A1"), remove_missing=True) == ([], [])
    assert roles(people) == {"A1": "member"}


def test_the_last_administrator_is_known(people):
    first, member = people.add("Q1", role="administrator"), people.add("A1")
    with people.database.reading() as db:
        assert is_last_administrator(db, first)
        assert not is_last_administrator(db, member)
    people.add("Q2", role="administrator")
    with people.database.reading() as db:
        assert not is_last_administrator(db, first)
