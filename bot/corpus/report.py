"""What a build did, as people and programs read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ConfigDict

from bot import texts

if TYPE_CHECKING:
    from index import BuildReport

_MOST_WORSE: Final = 10


class SkippedFile(BaseModel):
    """``path``: relative to the corpus folder. ``reason``: the stable code; ``text``: its Vietnamese, with the cure."""

    model_config = ConfigDict(frozen=True)

    path: str
    reason: str
    text: str


class TroubledFile(BaseModel):
    """A file that was taken in, and what is to be looked at in it; as `SkippedFile`."""

    model_config = ConfigDict(frozen=True)

    path: str
    trouble: str
    text: str


class TrialShare(BaseModel):
    """``measure``: ``directive@1`` or ``words@1``; ``before`` is None where no library answered."""

    model_config = ConfigDict(frozen=True)

    measure: str
    before: float | None
    now: float
    fell: bool


class Tried(BaseModel):
    """What the administrators' questions said of the new library, before it answered. ``questions``: those that are
    answered worse; ``held``: how many more. ``kept``: the library before goes on answering.
    """

    model_config = ConfigDict(frozen=True)

    asked: int
    shares: tuple[TrialShare, ...]
    questions: tuple[str, ...]
    held: int
    problem: str
    kept: bool

    @property
    def fell(self) -> bool:
        return any(share.fell for share in self.shares)


class Rebuilt(BaseModel):
    """What programs read: counts of directives; keys may be added, none removed. ``trial``: None without questions."""

    model_config = ConfigDict(frozen=True)

    added: int
    changed: int
    unchanged: int
    removed: int
    skipped: tuple[SkippedFile, ...]
    passages: int
    seconds: float
    troubles: tuple[TroubledFile, ...] = ()
    trial: Tried | None = None

    @property
    def kept(self) -> bool:
        """The library before goes on answering."""
        return self.trial is not None and self.trial.kept

    @property
    def filled(self) -> bool:
        return self.added + self.changed + self.unchanged > 0

    @property
    def differs(self) -> bool:
        return self.added + self.changed + self.removed > 0


def rebuilt(report: BuildReport) -> Rebuilt:
    skipped = tuple(
        SkippedFile(path=each.path, reason=each.reason, text=texts.skip_text(each.reason, each.facts))
        for each in report.skipped
    )
    troubles = tuple(
        TroubledFile(path=each.path, trouble=each.code, text=texts.trouble_text(each.code, each.facts))
        for each in report.troubles
    )
    return Rebuilt(**report.model_dump(exclude={"skipped", "troubles"}), skipped=skipped, troubles=troubles)


def report_lines(done: Rebuilt) -> list[str]:
    seconds = f"{done.seconds:.1f}".replace(".", ",")
    counts = done.model_dump(exclude={"skipped", "troubles", "trial"}) | {"seconds": seconds}
    return [(texts.REPORT_KEPT if done.kept else texts.REPORT).format(**counts)]


def trial_lines(done: Rebuilt) -> list[str]:
    """What the administrators' questions said; nothing where they have none."""
    if done.trial is None:
        return []
    if done.trial.problem:
        return [texts.TRIAL_PROBLEM.format(problem=done.trial.problem)]
    lines = _shares(done.trial)
    if done.trial.fell and not done.trial.kept:
        lines.append(texts.TRIAL_SWITCHED)
    worse = [texts.TRIAL_WORSE_LINE.format(question=question) for question in done.trial.questions]
    if done.trial.held:
        worse.append(texts.TRIAL_WORSE_HELD.format(count=done.trial.held))
    if worse:
        lines += [texts.TRIAL_WORSE.format(count=len(done.trial.questions) + done.trial.held)]
        lines += shortened(worse, _MOST_WORSE, rest=texts.TRIAL_REST)
    return [*lines, texts.TRIAL_CURE] if done.trial.kept else lines


def _shares(trial: Tried) -> list[str]:
    """One line, none where no question has an answer."""
    said = [
        (texts.TRIAL_SHARE_ALONE if share.before is None else texts.TRIAL_SHARE).format(
            measure=texts.TRIAL_MEASURES[share.measure],
            before=_percent(share.before or 0),
            now=_percent(share.now),
            fell=texts.TRIAL_FELL if share.fell else "",
        )
        for share in trial.shares
    ]
    return [texts.TRIAL_SHARES.format(asked=trial.asked, shares="; ".join(said))] if said else []


def _percent(share: float) -> str:
    return f"{100 * share:.1f}".replace(".", ",")


def skipped_lines(done: Rebuilt) -> list[str]:
    """A heading and a line for each file that was left out; nothing where none was."""
    if not done.skipped:
        return []
    lines = [texts.SKIPPED_LINE.format(path=each.path, text=each.text) for each in done.skipped]
    return [texts.REPORT_SKIPPED.format(count=len(lines)), *lines]


def trouble_lines(done: Rebuilt) -> list[str]:
    """A heading and a line for each thing to look at; nothing where there is none."""
    if not done.troubles:
        return []
    lines = [texts.SKIPPED_LINE.format(path=each.path, text=each.text) for each in done.troubles]
    return [texts.REPORT_TROUBLES.format(count=len(lines)), *lines]


def shortened(lines: list[str], most: int, *, rest: str) -> list[str]:
    """At most so many lines, and how many more there are."""
    return lines if len(lines) <= most else [*lines[:most], rest.format(count=len(lines) - most)]
