"""What waits for an administrator, in a line each: for ``/trangthai`` and for the report of a build."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot import texts
from bot.validity.missing import count_missing
from bot.validity.register import Known

if TYPE_CHECKING:
    from index import BuildReport

_SCANS: Final = ("weak_pages", "unread_pages")


def proposals_line(known: Known) -> str:
    """Empty where nothing waits."""
    count = len(known.proposals)
    return texts.PROPOSALS_WAIT.format(count=count) if count else ""


def missing_line(known: Known) -> str:
    """Empty where nothing is missing."""
    count = count_missing(known.validity)
    return texts.MISSING_WAIT.format(count=count) if count else ""


def scans_line(report: BuildReport | None) -> str:
    """``report``: of the build that answers. Empty where every scanned page was read well."""
    files = {trouble.path for trouble in report.troubles if trouble.code in _SCANS} if report else set()
    return texts.SCANS_WEAK.format(count=len(files)) if files else ""


def waiting_lines(known: Known, report: BuildReport | None = None) -> list[str]:
    return [line for line in (proposals_line(known), missing_line(known), scans_line(report)) if line]
