"""What administrators set for a directive in the chat goes over to its new version."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.state import audit, overrides
from bot.state.overrides import Override
from index import DirectiveId


def override_for(standing: Sequence[Override], directive: DirectiveId, *, files: Collection[str]) -> Override | None:
    """The one that holds for a directive: by its id or by one of its files, which may have been read under another id
    (`bot.people.access.rights`); withdrawn where any of them is.
    """
    holding = [each for each in standing if each.directive == directive or each.file in files]
    if not holding:
        return None
    first = next((each for each in holding if each.directive == directive), holding[0])
    return first.model_copy(update={"withdrawn": any(each.withdrawn for each in holding)})


def carry_over(
    db: Connection, directive: DirectiveId, *, file: str, replaced: str, audience: str | None, by: str, now: datetime
) -> None:
    """What holds for a directive, or for the file that is ``replaced``, holds for its new ``file``; ``audience``: the
    one that was chosen for it now. Where nothing stands against it, its sidecar says enough.
    """
    before = override_for(overrides.everything(db), directive, files={file, replaced} - {""})
    if before is None or not directive:
        return
    kept = audience or before.audience
    overrides.save(db, directive, file=file, audience=kept, withdrawn=before.withdrawn, now=now)
    if audience and audience != before.audience:
        audit.record(db, actor=by, action="directive.audience", now=now, directive=directive, audience=audience)
