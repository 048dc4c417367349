"""What rooms share: the sample library, built once, and the program as a person starts it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from index import Library, build_library, load_encoder

REPOSITORY = Path(__file__).resolve().parent.parent
CORPUS = REPOSITORY / "docs_corpus"

settings.register_profile("shared machine", deadline=None)  # two busy cores: a slow example is no failure
settings.load_profile("shared machine")

RunBot = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the library that is built from docs_corpus; only to be read."""
    folder = tmp_path_factory.mktemp("sample") / "library"
    build_library(CORPUS, folder, encoder=load_encoder())
    return folder


@pytest.fixture(scope="session")
def sample_library(sample_folder: Path) -> Library:
    return Library.open(sample_folder)


@pytest.fixture
def clean_environment() -> dict[str, str]:
    """The environment without settings of this machine, for processes."""
    return {name: value for name, value in os.environ.items() if not name.upper().startswith("BOT_")}


@pytest.fixture
def run_bot(clean_environment: dict[str, str], tmp_path: Path) -> RunBot:
    """``python -m bot ARGUMENTS`` in an empty folder; ``settings`` are environment variables."""

    def run(
        *arguments: str | Path, stdin: str = "", python: tuple[str, ...] = (), **settings: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *python, "-m", "bot", *map(str, arguments)],
            input=stdin,
            env={**clean_environment, "PYTHONPATH": str(REPOSITORY), **settings},
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
        )

    return run
