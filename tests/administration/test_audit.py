from __future__ import annotations

import json

from bot.commands.audit import export_audit
from bot.state import audit
from tests.administration.office import NOW


def test_the_log_is_exported_as_json_lines_oldest_first(database, capsys):
    with database.transaction() as db:
        audit.record(db, actor="QT-1", action="member.invite", now=NOW, member="DV-1")
        audit.record(db, actor="console", action="announce", now=NOW, text="Họp\nlúc 19 giờ “sáng”")
    export_audit(database)
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [
        {"at": "2026-05-03T07:30:00Z", "actor": "QT-1", "action": "member.invite", "facts": {"member": "DV-1"}},
        {
            "at": "2026-05-03T07:30:00Z",
            "actor": "console",
            "action": "announce",
            "facts": {"text": "Họp\nlúc 19 giờ “sáng”"},
        },
    ]


def test_an_empty_log_prints_nothing(database, capsys):
    export_audit(database)
    assert capsys.readouterr().out == ""
