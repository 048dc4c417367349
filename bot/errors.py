"""The error tree of the application. As in `index.errors`, a class has a stable ``code``, facts and an English message.

BotError
├── BadSettings      every bad key at once
├── BadUsage         a command line that asks for nothing, or for two things at once
├── FileMissing      a file named on the command line
├── BadLine          one line of a batch; the rest goes on
├── ChannelError     what a platform answered; the one place where foreign errors become ours
├── FileTooLarge     an attachment above the limit
├── StateBusy, StateDamaged, StateNewer    the database
├── NoSuchMember, AmbiguousMember          a member argument
├── BadRoll          a roll with bad rows; nothing of it is taken in
├── BadQuestions, QuestionFailed           a question set with bad entries, a question that met an error
├── ChildFailed      work in a process of its own
├── SamplesRefused   a chat platform beside the bundled samples
└── BadBackup, RestoreRefused              a backup file, a target that is not empty
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


class ChannelError(BotError):
    """Facts ``channel`` and ``detail`` (never with a token in it).

    ``permanent``: no retry of this message will help; with ``gone`` nothing reaches this chat any more (blocked,
    deactivated, never there), with ``closed`` it is the whole channel that is refused (a wrong token).
    ``retry_after``: seconds that the platform asks to wait, with ``of_chat`` in this chat only. ``unknown``: the
    message may have arrived (a timeout after it left): not to be sent again. ``moved_to``: the chat has this id now.
    """

    code = "channel_failed"
    template = "{channel}: {detail}"

    def __init__(
        self,
        *,
        channel: str,
        detail: str,
        permanent: bool = False,
        gone: bool = False,
        closed: bool = False,
        retry_after: float | None = None,
        of_chat: bool = False,
        unknown: bool = False,
        moved_to: str | None = None,
    ) -> None:
        self.permanent = permanent
        self.gone = gone
        self.closed = closed
        self.retry_after = retry_after
        self.of_chat = of_chat
        self.unknown = unknown
        self.moved_to = moved_to
        super().__init__(channel=channel, detail=detail)


class FileTooLarge(BotError):
    """Fact ``limit``: in megabytes."""

    code = "file_too_large"
    template = "the file is larger than {limit} MB"


class StateBusy(BotError):
    """Fact ``detail``: what the database said."""

    code = "state_busy"
    template = "the database cannot be reached ({detail})"


class StateDamaged(BotError):
    """Fact ``detail``."""

    code = "state_damaged"
    template = "the database cannot be used ({detail})"


class StateNewer(BotError):
    """The database was written by a newer version. Fact ``revision``."""

    code = "state_newer"
    template = "the database has revision {revision}, which this version does not know"


class NoSuchMember(BotError):
    """Fact ``member``: as it was given."""

    code = "no_such_member"
    template = "no member {member}"


class AmbiguousMember(BotError):
    """Facts ``member`` and ``candidates``: code, name and cell of each."""

    code = "ambiguous_member"
    template = "{member} may be {candidates}"


class BadRoll(BotError):
    """``problems``: one line of Vietnamese for each bad row. Fact ``path``."""

    code = "bad_roll"
    template = "{path}: {problems}"

    def __init__(self, path: str, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(path=path, problems="\n".join(problems))


class BadQuestions(BotError):
    """Facts ``path`` and ``problems``: a line of Vietnamese for each bad entry."""

    code = "bad_questions"
    template = "{path}: {problems}"


class QuestionFailed(BotError):
    """Asking one question of a set met an error. Facts ``id`` and ``error``: its code."""

    code = "question_failed"
    template = "the question {id} failed ({error})"


class ChildFailed(BotError):
    """Work in a process of its own failed. ``code`` and ``facts`` are those of the error that it met there; as they
    stand here, it was killed, ran out of memory, or out of time.
    """

    code = "child_stopped"
    template = "the child process ended without a result"

    def __init__(self, code: str = code, facts: Mapping[str, str] = {}) -> None:  # never changed
        super().__init__(**facts)
        self.code = code  # type: ignore[misc]  # of this one, as it came from the other process


class SamplesRefused(BotError):
    """Fact ``folder``."""

    code = "samples_refused"
    template = "{folder} holds sample papers, which must not reach members over a chat platform"


class BadBackup(BotError):
    """Facts ``path`` and ``detail``."""

    code = "bad_backup"
    template = "{path}: {detail}"


class RestoreRefused(BotError):
    """Fact ``target``: the folder or database that is not empty."""

    code = "restore_refused"
    template = "{target} is not empty"
