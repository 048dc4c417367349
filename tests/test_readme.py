"""Every command of the README, run as it stands there, prints what the README shows.

In a ``console`` block, a line that begins with ``$`` is a command, ``Hỏi:`` is what a person types, and the rest is
output, in which ``…`` stands for anything. Figures that change from run to run are not compared. Blocks marked
``install`` or ``long`` are not run.
"""

from __future__ import annotations

import os
import pty
import re
import shlex
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from datetime import time
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.settings import Settings
from bot.texts import CONSOLE_ENDED
from index import build_library, load_encoder
from tests.conftest import CORPUS, REPOSITORY

pytestmark = pytest.mark.slow

README = REPOSITORY / "README.md"
PROMPT = "Hỏi:"
NOT_RUN = ("make test", "make install")
CHANGING = re.compile(
    r"\d+,\d giây|cập nhật \d+/\d+/\d+|\d+ đoạn|127\.0\.0\.1:\d+|\d{5} \d{5}|\d+:\d+ \d+/\d+/\d+"
    r"|(?<=\"passages\":)\d+|(?<=\"seconds\":)[\d.]+|(?<=\"elapsed_ms\":)[\d.]+"
    r"|\d\.\d{3}(?=[ )])|(?<=ms)\s+[\d.]+"
)
_BLOCK = re.compile(r"^```console(?P<marks>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


class Example(NamedTuple):
    command: str
    typed: tuple[str, ...]
    shown: tuple[str, ...]


def examples() -> Iterator[Example]:
    for block in _BLOCK.finditer(README.read_text(encoding="utf-8")):
        if block["marks"].strip():
            continue
        for part in re.split(r"^\$ ", block["body"], flags=re.MULTILINE)[1:]:
            command, *lines = part.splitlines()
            typed = tuple(line.removeprefix(PROMPT).strip() for line in lines if line.startswith(PROMPT))
            yield Example(command, typed, tuple(line for line in lines if not line.startswith("Installing")))


def runnable() -> list[Example]:
    return [example for example in examples() if not example.command.startswith(NOT_RUN)]


def here(command: str) -> str:
    """The command with the Python that runs this test, and without installing anything."""
    command = command.replace(".venv/bin/python", shlex.quote(sys.executable))
    binaries = shlex.quote(str(Path(sys.executable).parent))
    return re.sub(r"^make\b", f"make --no-print-directory -o install BIN={binaries}", command)


@pytest.fixture
def environment(clean_environment: dict[str, str], tmp_path: Path) -> dict[str, str]:
    folders = {"BOT_LIBRARY_DIR": str(tmp_path / "library"), "BOT_STATE_DIR": str(tmp_path / "state")}
    return {**clean_environment, **folders, "TERM": "dumb", "PYTHONUTF8": "1"}


def in_a_terminal(command: str, typed: Sequence[str], environment: dict[str, str]) -> tuple[int, str]:
    """What a terminal shows when each line is typed at the prompt, then Ctrl-D, and where something still runs, an end
    by SIGTERM.
    """
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        command,
        shell=True,
        cwd=REPOSITORY,
        env=environment,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        process_group=0,
    )
    os.close(theirs)
    deadline = threading.Timer(120, process.kill)
    deadline.start()
    keys = iter([*(f"{line}\n".encode() for line in typed), b"\x04"])
    shown, answered = b"", 0
    try:
        while read := _read(ours):
            shown += read
            if shown[answered:].rstrip().endswith(PROMPT.encode()):
                answered = len(shown)
                os.write(ours, next(keys, b""))
            if CONSOLE_ENDED.encode() in shown:
                os.killpg(process.pid, signal.SIGTERM)
                return _read_to_end(ours, process), shown.decode()
        return process.wait(), shown.decode()
    finally:
        deadline.cancel()
        process.kill()
        os.close(ours)


def _read_to_end(terminal: int, process: subprocess.Popen[bytes]) -> int:
    """0 where nothing is left of the program that was asked to end."""
    while _read(terminal):
        pass
    process.wait()
    return 0


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # on Linux, how a terminal says that nobody writes to it any more
        return b""


def through_a_pipe(command: str, environment: dict[str, str]) -> tuple[int, str]:
    done = subprocess.run(
        ["bash", "-c", command], cwd=REPOSITORY, env=environment, capture_output=True, encoding="utf-8", timeout=120
    )
    return done.returncode, done.stdout + done.stderr


def missing(shown: Sequence[str], printed: str) -> str | None:
    """The first thing shown that was not printed, in this order; line ends and blanks do not count."""
    printed, position = " ".join(printed.split()), 0
    for part in CHANGING.sub("…", "\n".join(shown)).split("…"):
        wanted = " ".join(part.split())
        found = printed.find(wanted, position)
        if found < 0:
            return wanted
        position = found + len(wanted)
    return None


@pytest.mark.parametrize("example", runnable(), ids=lambda example: example.command)
def test_a_command_of_the_readme_prints_what_it_shows(
    example: Example, environment: dict[str, str], tmp_path: Path
) -> None:
    if example.command != "make run":  # which builds the library itself
        build_library(CORPUS, tmp_path / "library", encoder=load_encoder())
    if example.command.startswith("make"):
        code, printed = in_a_terminal(here(example.command), example.typed, environment)
    else:
        code, printed = through_a_pipe(here(example.command), environment)
    assert (code, missing(example.shown, printed)) == (0, None), printed


def test_the_readme_shows_the_two_commands_and_every_other() -> None:
    commands = "\n".join(example.command for example in examples())
    assert all(name in commands for name in ("make run", "make test", "ask", "reindex", "numbers", "evaluate"))


def test_the_readme_lists_every_setting_with_its_default() -> None:
    rows = re.findall(r"^\| `(BOT_\w+)` \|[^|]*\| `([^`]*)` \|", README.read_text(encoding="utf-8"), re.MULTILINE)
    defaults = {f"BOT_{name.upper()}": field.default for name, field in Settings.model_fields.items()}
    assert dict(rows) == {key: _shown(default) for key, default in defaults.items()}


def _shown(default: object) -> str:
    return "" if default is None else f"{default:%H:%M}" if isinstance(default, time) else str(default)


def test_every_file_that_the_readme_names_is_there() -> None:
    text = README.read_text(encoding="utf-8")
    links = [target for target in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in target]
    named = re.findall(r"`((?:bot|index|tests|docs_corpus)/[\w/.]*)`", text)
    assert not [path for path in (*links, *named) if "NAME" not in path and not (REPOSITORY / path).exists()]


@pytest.mark.parametrize(
    ("shown", "printed", "wanted"),
    [
        (["a", "… c"], "a b  c", None),
        (["trong 1,9 giây: x"], "trong 2,0 giây: x", None),
        (["trong 1,9 giây: x"], "trong 2,0 giây: y", ": x"),
        (["b", "…", "a"], "a b", "a"),
    ],
    ids=["anything between", "a figure", "another word", "another order"],
)
def test_what_is_shown_and_not_printed_is_found(shown: list[str], printed: str, wanted: str | None) -> None:
    assert missing(shown, printed) == wanted


def test_nothing_is_left_to_do() -> None:
    assert "TODO" not in README.read_text(encoding="utf-8")
