"""The error tree of the application. As in `index.errors`, a class has a stable ``code``, facts and an English message.

BotError
├── BadSettings      every bad key at once
├── NoChannel        nothing to serve
├── BadUsage         a command line that asks for nothing, or for two things at once
├── FileMissing      a file named on the command line
└── BadLine          one line of a batch; the rest goes on
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar


class BotError(Exception):
    """``facts`` are the keyword arguments it was raised with, as text; ``exit_code`` is what a command ends with."""

    code: ClassVar[str] = "bot"
    template: ClassVar[str] = "the application failed"
    exit_code: ClassVar[int] = 1

    def __init__(self, **facts: object) -> None:
        self.facts = {name: str(value) for name, value in facts.items()}
        super().__init__(self.template.format_map(self.facts))


class BadSettings(BotError):
    """``problems``: one line of Vietnamese for each bad key."""

    code = "bad_settings"
    template = "bad settings: {problems}"
    exit_code = 2

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(problems="\n".join(problems))


class NoChannel(BotError):
    code = "no_channel"
    template = "no channel is configured"


class BadUsage(BotError):
    """Fact ``detail``: what was wrong with the command line, in Vietnamese."""

    code = "bad_usage"
    template = "bad usage: {detail}"
    exit_code = 2


class FileMissing(BotError):
    """Facts ``path`` and ``detail``: what the system said."""

    code = "file_missing"
    template = "{path}: cannot be opened ({detail})"


class BadLine(BotError):
    """Facts ``line`` (counted from 1) and ``detail``."""

    code = "bad_line"
    template = "line {line}: {detail}"
