"""``versions`` and ``reindex --rollback`` as they are typed, on a real corpus of two papers."""

import io
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot import texts
from bot.__main__ import run_command
from bot.corpus.nightly import fingerprint, gone_back
from bot.settings import load_settings
from bot.state import audit
from bot.state.database import Database
from index import build_library, load_encoder
from tests.corpus.fakes import paper

CHANGED = ("mỗi sáng", "mỗi tối")


class Server:
    """``types`` gives exit code, standard output and error of a command line."""

    def __init__(self, capsys) -> None:
        self._capsys = capsys
        self.corpus = Path("corpus")

    def types(self, *arguments: str) -> tuple[int, str, str]:
        code = run_command([*arguments, *(("--corpus", "corpus") if "reindex" in arguments else ())])
        return (code, *self._capsys.readouterr())


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A corpus of which one paper was issued anew, and its library."""
    folder = tmp_path_factory.mktemp("built")
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "ct-32.txt").write_bytes(paper("32-CT/ĐU").replace("vệ sinh".encode(), "trật tự".encode()))
    for content in (paper(), paper().replace(*(words.encode() for words in CHANGED))):
        (corpus / "ct-31.txt").write_bytes(content)
        build_library(corpus, folder / "library", encoder=load_encoder("built-in"))
    return folder


@pytest.fixture
def server(built, monkeypatch, tmp_path, capsys):
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return Server(capsys)


def test_directives_with_earlier_versions_are_listed(server):
    code, out, _ = server.types("versions")
    assert (code, out.count("\n"), out.startswith("31-CT/ĐU – "), ": 2 bản (" in out) == (0, 1, True, True)


@pytest.mark.parametrize("typed", ["31-CT/ĐU", "chỉ thị 31", "ct 031", "vệ sinh đường phố"])
def test_the_versions_of_one_directive_are_listed_with_how_many_words_differ(server, typed):
    code, out, _ = server.types("versions", typed)
    assert (code, out.splitlines()[2].endswith(", đang dùng, khác bản trước 1 từ")) == (0, True)


def test_the_differences_are_shown_with_their_place(server):
    _, out, _ = server.types("versions", "31-CT/ĐU", "--diff")
    assert "[-sáng.-] {+tối.+}" in out


def test_programs_read_versions_line_by_line(server):
    _, out, _ = server.types("versions", "31-CT/ĐU", "--diff", "--json")
    (listed,) = [json.loads(line) for line in out.splitlines()]
    assert list(listed) == ["directive", "number", "title", "versions"]
    assert [(each["version"], each["words_changed"], each["until"] is None) for each in listed["versions"]] == [
        (1, None, False),
        (2, 1, True),
    ]
    assert [(each["before"], each["after"]) for each in listed["versions"][1]["changes"]] == [("sáng.", "tối.")]


def test_a_directive_without_earlier_versions_is_said_to_have_none(server):
    assert server.types("versions", "32-CT/ĐU")[:2] == (1, texts.VERSIONS_NONE_OF.format(number="32-CT/ĐU") + "\n")


@pytest.mark.parametrize(("answer", "left"), [("có\n", 0), ("Co\n", 0), ("không\n", 1), ("", 1)])
def test_earlier_versions_are_erased_only_after_a_yes(server, monkeypatch, answer, left):
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    code, out, _ = server.types("versions", "chỉ thị 31", "--forget")
    assert out.startswith(texts.VERSIONS_FORGET_LIST + "\n- 31-CT/ĐU – ")
    assert code == left
    assert server.types("versions")[1].count("31-CT/ĐU") == left


def test_a_program_has_versions_erased_without_being_asked_and_it_is_written_down(server):
    with closing(Database.open(load_settings().database)) as database:
        code, out, _ = server.types("versions", "31-CT/ĐU", "--forget", "--yes")
        with database.reading() as db:
            (entry,) = audit.entries(db)
    assert (code, out) == (0, texts.VERSIONS_FORGOTTEN.format(count=1) + "\n")
    assert (entry.actor, entry.action, entry.facts["count"]) == ("console", "versions.forget", "1")


@pytest.mark.parametrize("typed", ["vệ sinh đường phố", "32-CT/ĐU"])
def test_nothing_is_erased_by_words_of_a_title_or_where_nothing_is_kept(server, typed):
    code, out, _ = server.types("versions", typed, "--forget", "--yes")
    assert (code, out) == (1, texts.VERSIONS_NONE_OF.format(number=typed) + "\n")


def test_a_version_that_cannot_be_read_is_said_and_can_be_erased_by_its_id(server):
    with closing(sqlite3.connect("library/history.sqlite")) as base, base:
        ((directive,),) = base.execute("SELECT id FROM versions")
        base.execute("UPDATE versions SET fields = '{'")
    said = texts.VERSION_UNREADABLE.format(number=1, directive=directive)
    assert server.types("versions") == (0, texts.VERSIONS_NONE + "\n", said + "\n")
    assert server.types("versions", directive, "--forget", "--yes")[0] == 0
    assert server.types("versions")[2] == ""


@pytest.mark.parametrize("wrong", [("--forget",), ("31-CT/ĐU", "--forget", "--json"), ("31-CT/ĐU", "--yes")])
def test_what_is_to_be_erased_is_named_and_nothing_else_asked(server, wrong):
    assert server.types("versions", *wrong)[0] == 2


def test_differences_of_everything_are_not_asked_for(server):
    assert server.types("versions", "--diff")[0] == 2


def test_a_rollback_says_what_answers_again_and_what_differs(server):
    code, out, _ = server.types("reindex", "--rollback")
    first, heading, line = out.splitlines()
    assert (code, ": 2 văn bản." in first, heading) == (0, True, texts.ROLLED_BACK_OTHER)
    assert line.startswith("- 31-CT/ĐU – ")


def test_a_rollback_names_of_what_stays_hidden_only_the_file(server):
    (server.corpus / "ct-32.txt").unlink()
    code, out, _ = server.types("reindex", "--rollback", "--json")
    said = json.loads(out)
    assert (code, said["directives"], said["hidden"]) == (0, 1, ["ct-32.txt"])
    assert [each["number"] for each in said["other"]] == ["31-CT/ĐU"]


def test_a_rollback_tells_the_nightly_look_how_the_folder_was(server):
    server.types("reindex", "--rollback")
    back = gone_back(Path("library"))
    assert back is not None
    assert back[1] == fingerprint(server.corpus)


def test_a_second_rollback_is_refused_in_one_line(server):
    server.types("reindex", "--rollback")
    code, out, err = server.types("reindex", "--rollback")
    assert (code, out, err) == (1, "", texts.ERRORS["no_previous"].format(folder="library") + "\n")
