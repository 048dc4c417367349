from __future__ import annotations

import os
import unicodedata
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import bot
import index
from bot.corpus import staging as module
from bot.corpus.staging import Staging, refuses_uploads, safe_name
from tests.conftest import CORPUS

NOW = datetime(2026, 5, 3, 7, 30, tzinfo=UTC)


@pytest.fixture
def staging(tmp_path):
    (tmp_path / "corpus").mkdir()
    return Staging(tmp_path / "staged", corpus=tmp_path / "corpus", replaced=tmp_path / "replaced")


def held(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*")}


# -- names -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Chỉ thị 24.docx", "Chỉ thị 24.docx"),
        (unicodedata.normalize("NFD", "Chỉ thị 24.docx"), "Chỉ thị 24.docx"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\x.docx", "x.docx"),
        ("/etc/x.docx", "x.docx"),
        ("C:\\x.docx", "x.docx"),
        ("a\0b.docx", "a b.docx"),
        ("a\nb\t.docx", "a b.docx"),
        ("bao\u202exod.exe", "bao xod.exe"),
        ("\u200f\u2067x\u2069.docx", "x.docx"),
        ("x\u2028y.docx", "x y.docx"),
        ("\ud800x.docx", "x.docx"),
        ("x.DOCX", "x.docx"),
        ("....", "van-ban"),
        ("..", "van-ban"),
        ("", "van-ban"),
        ("///", "van-ban"),
        ("   .docx", "docx"),
        (".hidden.docx", "hidden.docx"),
        ("~$Chỉ thị.docx", "Chỉ thị.docx"),
        ("README.md", "van-ban-README.md"),
        ("README.MD", "van-ban-README.md"),
        ("x?*<>|.docx", "x.docx"),
        ("x.docx...", "x.docx"),
    ],
)
def test_a_name_stays_inside_its_folder_and_is_read_by_a_build(sent, kept):
    assert safe_name(sent) == kept


@pytest.mark.parametrize("name", ["ế" * 400 + ".docx", "x" * 5000, "a." + "ộ" * 300, "👍" * 200 + ".pdf"])
def test_a_long_name_fits_into_a_file_system_with_all_that_is_put_around_it(staging, name):
    path = staging.put(name, b"x", now=NOW)
    staging.say(path, {"title": "t"})
    (staging.corpus / path.name).write_bytes(b"another")
    staging.accept(path, by="1", now=NOW)
    staging._keep(next(staging.corpus.glob("*.yaml")), now=NOW)
    assert len(os.listdir(staging.corpus)) == 2


@given(st.text(max_size=80))
def test_whatever_the_name_is_it_is_one_plain_part_of_a_path(name):
    safe = safe_name(name)
    assert Path("folder", safe).name == safe
    assert not safe.startswith((".", "~$"))
    assert safe == unicodedata.normalize("NFC", safe)
    assert 0 < len(safe.encode()) <= 200
    assert safe_name(safe) == safe


@given(st.text(max_size=20), st.sampled_from(["../", "..\\", "/", "\\", "\0", "\u202e", "C:"]), st.text(max_size=20))
def test_no_sign_of_a_path_gets_through(before, sign, behind):
    assert not set(safe_name(before + sign + behind)) & set('/\\\0\u202e:*?"<>|')


# -- where -------------------------------------------------------------------------------------------------------------


def test_the_folders_of_the_program_take_no_uploads(tmp_path):
    package, library = Path(bot.__file__).parent, Path(index.__file__).parent
    (tmp_path / "link").symlink_to(CORPUS)
    own = [package, package / "corpus", library, CORPUS, CORPUS / "new", package.parent, tmp_path / "link"]
    assert [folder for folder in own if not refuses_uploads(folder)] == []


def test_other_folders_take_uploads(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    others = [tmp_path, tmp_path / "docs_corpus", Path("docs_corpus"), CORPUS.parent / "docs_corpus_2"]
    assert [folder for folder in others if refuses_uploads(folder)] == []


# -- aside -------------------------------------------------------------------------------------------------------------


def test_a_staged_file_is_found_by_its_ticket_with_what_was_said_of_it(staging):
    path = staging.put("x.docx", b"x", now=NOW)
    staging.say(path, {"title": "Tiêu đề: “một”\nhai", "audience": "cell:Khu phố 1"})
    assert staging.path(staging.ticket(path)) == path
    assert staging.said(path) == {"title": "Tiêu đề: “một”\nhai", "audience": "cell:Khu phố 1"}


def test_what_is_said_is_the_sidecar_that_a_build_reads(staging):
    path = staging.put("x.docx", b"x", now=NOW)
    staging.say(path, {"date": "2026-02-05", "title": "yes"})
    assert yaml.safe_load((path.parent / "x.docx.yaml").read_text()) == {"date": "2026-02-05", "title": "yes"}


@pytest.mark.parametrize("ticket", ["", "..", "../corpus", "0" * 15, "0" * 16, "../" + "0" * 16, "0" * 16 + "/x"])
def test_a_ticket_leads_nowhere_else(staging, ticket):
    (staging.corpus / "x.docx").write_bytes(b"x")
    assert (staging.path(ticket), staging.accepted(ticket)) == (None, None)


def test_two_files_of_one_name_do_not_meet(staging):
    first, second = (staging.put("x.docx", data, now=NOW) for data in (b"1", b"2"))
    assert (first.read_bytes(), second.read_bytes()) == (b"1", b"2")


def test_what_nobody_confirmed_for_a_day_goes_with_the_next_file(staging):
    now = datetime.now(UTC)
    old = staging.put("old.docx", b"x", now=now)
    young = staging.put("young.docx", b"x", now=now + timedelta(hours=23))
    last = staging.put("last.docx", b"x", now=now + timedelta(hours=25))
    assert [path.exists() for path in (old, young, last)] == [False, False, True]


# -- into the corpus ---------------------------------------------------------------------------------------------------


def test_a_file_goes_in_whole_with_its_sidecar_and_leaves_nothing_behind(staging):
    path = staging.put("x.md", "mới".encode(), now=NOW)
    staging.say(path, {"audience": "committee"})
    assert staging.accept(path, by="telegram/1", now=NOW) == "x.md"
    assert held(staging.corpus) == {"x.md": "mới", "x.md.yaml": "audience: committee\n"}
    assert staging.path(staging.ticket(path)) is None
    assert staging.accepted(staging.ticket(path)) == ("x.md", "telegram/1")


def test_what_is_replaced_is_kept_with_its_sidecar(staging, tmp_path):
    for name, text in (("old.md", "cũ"), ("old.md.yaml", "audience: committee\n")):
        (staging.corpus / name).write_text(text, encoding="utf-8")
    path = staging.put("new.md", "mới".encode(), now=NOW)
    staging.replace(path, "old.md")
    staging.accept(path, by="1", now=NOW)
    assert held(staging.corpus) == {"new.md": "mới"}
    assert held(tmp_path / "replaced") == {
        "20260503-073000-1-old.md": "cũ",
        "20260503-073000-1-old.md.yaml": "audience: committee\n",
    }


def test_a_file_of_the_same_name_that_is_another_paper_stays(staging, tmp_path):
    (staging.corpus / "x.md").write_text("một văn bản khác", encoding="utf-8")
    path = staging.put("x.md", "mới".encode(), now=NOW)
    staging.say(path, {"audience": "committee"})
    assert staging.accept(path, by="1", now=NOW) == "x-2.md"
    assert held(staging.corpus) == {"x.md": "một văn bản khác", "x-2.md": "mới", "x-2.md.yaml": "audience: committee\n"}
    assert not (tmp_path / "replaced").exists()


def test_a_sidecar_left_by_a_deleted_file_is_not_taken_for_the_new_ones(staging, tmp_path):
    (staging.corpus / "x.md.yaml").write_text("audience: public\n")
    staging.accept(staging.put("x.md", b"x", now=NOW), by="1", now=NOW)
    assert held(staging.corpus) == {"x.md": "x"}
    assert list(held(tmp_path / "replaced").values()) == ["audience: public\n"]


def test_two_that_are_replaced_in_one_second_are_both_kept(staging, tmp_path):
    for text in ("một", "hai", "ba"):
        path = staging.put("x.md", text.encode(), now=NOW)
        staging.replace(path, "x.md")
        staging.accept(path, by="1", now=NOW)
    assert held(staging.corpus) == {"x.md": "ba"}
    assert sorted(held(tmp_path / "replaced").values()) == ["hai", "một"]


def test_nothing_outside_the_corpus_is_put_aside(staging, tmp_path):
    (tmp_path / "outside.md").write_text("ngoài")
    path = staging.put("x.md", b"x", now=NOW)
    staging.replace(path, "../outside.md")
    staging.accept(path, by="1", now=NOW)
    assert (tmp_path / "outside.md").read_text() == "ngoài"


class PowerCut(Exception):
    pass


@pytest.mark.parametrize("step", range(12))
def test_a_crash_at_any_step_is_mended_by_doing_it_again(staging, tmp_path, monkeypatch, step):
    """The old file or the new one is in the corpus or among the replaced, and in the end both are where they belong."""
    for name, text in (("x.md", "cũ"), ("x.md.yaml", "audience: member\n")):
        (staging.corpus / name).write_text(text, encoding="utf-8")
    path = staging.put("x.md", "mới".encode(), now=NOW)
    staging.say(path, {"audience": "committee"})
    staging.replace(path, "x.md")
    left = step

    def cut_before(work):
        def maybe(*arguments, **more):
            nonlocal left
            if left == 0:
                raise PowerCut
            left -= 1
            return work(*arguments, **more)

        return maybe

    with monkeypatch.context() as patched:
        patched.setattr(module.os, "replace", cut_before(os.replace))
        patched.setattr(module.Path, "unlink", cut_before(Path.unlink))
        try:
            staging.accept(path, by="1", now=NOW)
        except PowerCut:
            everything = [*held(staging.corpus).values(), *held(tmp_path / "replaced").values()]
            assert "cũ" in everything
    ticket = staging.ticket(path)
    if staging.accepted(ticket) is None:
        staging.accept(path, by="1", now=NOW)
    seen = {name: text for name, text in held(staging.corpus).items() if not name.startswith(".")}
    assert seen == {"x.md": "mới", "x.md.yaml": "audience: committee\n"}
    assert {"cũ", "audience: member\n"} <= set(held(tmp_path / "replaced").values())


def test_a_file_that_was_taken_in_takes_no_place_a_second_time(staging, tmp_path):
    (staging.corpus / "x.md").write_text("cũ", encoding="utf-8")
    path = staging.put("x.md", "mới".encode(), now=NOW)
    staging.replace(path, "x.md")
    assert [staging.accept(path, by=by, now=NOW) for by in ("1", "2")] == ["x.md", "x.md"]
    assert held(staging.corpus) == {"x.md": "mới"}
    assert staging.accepted(staging.ticket(path)) == ("x.md", "1")


def test_nothing_gives_way_to_a_file_that_was_dropped_meanwhile(staging):
    (staging.corpus / "x.md").write_text("cũ", encoding="utf-8")
    path = staging.put("x.md", "mới".encode(), now=NOW)
    staging.replace(path, "x.md")
    staging.drop(path)
    with pytest.raises(FileNotFoundError):
        staging.accept(path, by="1", now=NOW)
    assert held(staging.corpus) == {"x.md": "cũ"}


def test_what_was_said_is_there_whole_or_not_at_all(staging, monkeypatch):
    path = staging.put("x.md", b"1", now=NOW)
    staging.say(path, {"title": "trước"})

    def cut(*_):
        raise PowerCut

    with monkeypatch.context() as patched:
        patched.setattr(module.os, "replace", cut)
        with pytest.raises(PowerCut):
            staging.say(path, {"title": "sau"})
    assert staging.said(path) == {"title": "trước"}
    assert staging.path(staging.ticket(path)) == path
