"""Who must do what by when, as a directive says it."""

from __future__ import annotations

from index.types import Directive, Duty, Printed


def find_duties(printed: Printed, directive: Directive) -> tuple[Duty, ...]:
    """The duties that this directive gives, in their order."""
    return ()
