"""The tables. Times are UTC; a text that is one of a few words is named in the comment beside it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """A point in time: aware in, UTC in the table, aware UTC out (SQLite would give it back naive)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


members = Table(
    "members",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", Text, nullable=False, unique=True),  # the committee's own
    Column("name", Text, nullable=False),
    Column("cell", Text, nullable=False),
    Column("role", Text, nullable=False),  # member | secretary | committee | administrator
    Column("created_at", Moment, nullable=False),
    sqlite_autoincrement=True,  # what the log keeps of somebody removed is never taken for somebody new
)

accounts = Table(
    "accounts",  # a member's account on a channel
    metadata,
    Column("id", Integer, primary_key=True),
    Column("member_id", ForeignKey("members.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("channel", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("chat", Text, nullable=False),  # where the person is written to
    Column("active", Boolean, nullable=False),  # False: the platform refuses for good
    Column("linked_at", Moment, nullable=False),
    UniqueConstraint("channel", "account"),
)

invitations = Table(
    "invitations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("member_id", ForeignKey("members.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("code_hash", Text, nullable=False, unique=True),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)

attempts = Table(
    "attempts",  # wrong codes
    metadata,
    Column("id", Integer, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("at", Moment, nullable=False, index=True),
)

sessions = Table(
    "sessions",  # signed-in web pages
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("account", Text, nullable=False, index=True),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
)

conversations = Table(
    "conversations",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("chat", Text, primary_key=True),
    Column("state", Text, nullable=False),  # JSON of `answering.conversation.Conversation`
    Column("task", Text),  # JSON of a step that waits for an answer, None where none does
    Column("greeted", Boolean, nullable=False),
    Column("updated_at", Moment, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("chat", Text, nullable=False),
    Column("incoming", Text, nullable=False),  # JSON of `messages.Incoming`
    Column("received_at", Moment, nullable=False),
    Column("answered_at", Moment),
    UniqueConstraint("channel", "message"),
    Index("ix_inbox_waiting", "channel", "answered_at", "id"),
    sqlite_autoincrement=True,
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("chat", Text, nullable=False),
    Column("inbox_id", ForeignKey("inbox.id", ondelete="SET NULL"), unique=True),  # None: nobody asked
    Column("reply", Text, nullable=False),  # JSON of `messages.Reply`
    Column("status", Text, nullable=False),  # pending | sending | sent | failed | unknown
    Column("pushed", Boolean, nullable=False),  # True: goes after all answers
    Column("parts_sent", Integer, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("ends_at", Moment),  # goes until then, outside the quiet hours only; None: at any hour
    Column("again", Boolean, nullable=False),  # may have been sent before a crash
    Column("replaces", Integer),  # an earlier row whose message this one takes the place of
    Column("platform_message", Text),  # the platform's id of the last message sent for it
    Column("reason", Text),
    Column("created_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Index("ix_outbox_due", "channel", "status", "pushed", "id"),
    Index("ix_outbox_chat", "channel", "chat", "id"),
    sqlite_autoincrement=True,
)

questions = Table(
    "questions",  # the log: who asked stands in it only as a keyed hash
    metadata,
    Column("id", Integer, primary_key=True),
    Column("asker", Text, nullable=False, index=True),
    Column("channel", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("answered", Boolean, nullable=False),
    Column("directives", Text, nullable=False),  # ids of those quoted, one a line
    Column("vote", Text),  # good | bad
    Column("reason", Text),
    Column("forwarded", Boolean, nullable=False),  # sent on to the office
    Column("office_answer_id", ForeignKey("office_answers.id", ondelete="SET NULL")),
    Column("asked_at", Moment, nullable=False, index=True),
    sqlite_autoincrement=True,
)

office_answers = Table(
    "office_answers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("question", Text, nullable=False),
    Column("form", Text, nullable=False, index=True),  # the question folded, as the next asker may type it
    Column("directive", Text, nullable=False),
    Column("quote", Text, nullable=False),  # JSON of `index.Quote`
    Column("remark", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    sqlite_autoincrement=True,
)

overrides = Table(
    "overrides",  # what administrators set for one directive
    metadata,
    Column("directive", Text, primary_key=True),
    Column("file", Text, nullable=False),
    Column("audience", Text),  # None: as the library says
    Column("withdrawn", Boolean, nullable=False),
    Column("changed_at", Moment, nullable=False),
)

relation_decisions = Table(
    "relation_decisions",  # what administrators decided on one edge between two directives
    metadata,
    Column("edge", Text, primary_key=True),
    Column("file", Text, nullable=False),  # of the directive that says it
    Column("kind", Text, nullable=False),
    Column("target", Text, nullable=False),  # the number in one spelling, or the file of a directive without one
    Column("stands", Boolean, nullable=False),
    Column("decided_by", Text, nullable=False),  # a member's code, or who else acted
    Column("decided_at", Moment, nullable=False),
)

digests = Table(
    "digests",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("slot", Text, nullable=False, unique=True),  # the local day of a planned one: 2026-11-23; else "now …"
    Column("missed", Boolean, nullable=False),  # its day was slept through, and nobody got it
    Column("since", Moment),  # of the time it tells of; None: nobody was told anything before
    Column("until", Moment, nullable=False),
    Column("starts_at", Moment, nullable=False),  # it goes out from then …
    Column("ends_at", Moment, nullable=False),  # … until then
    Column("papers", Text, nullable=False),  # JSON: what was known of each directive, for the next one to compare
    Column("claimed_by", Text, nullable=False),  # a member's code, or who else acted
    Column("claimed_at", Moment, nullable=False),
    sqlite_autoincrement=True,
)

digest_texts = Table(
    "digest_texts",  # the whole digest as some of its people may see it
    metadata,
    Column("id", Integer, primary_key=True),
    Column("digest_id", ForeignKey("digests.id", ondelete="CASCADE"), nullable=False),
    Column("reply", Text, nullable=False),  # JSON of `messages.Reply`
    sqlite_autoincrement=True,
)

letters = Table(
    "letters",  # the ledger: one row for each digest and member
    metadata,
    Column("digest_id", ForeignKey("digests.id", ondelete="CASCADE"), primary_key=True),
    Column("member_id", ForeignKey("members.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("cell", Text, nullable=False),  # when it was claimed
    Column("channel", Text),
    Column("outbox_id", Integer, index=True),  # what becomes of that row becomes of this one
    Column("text_id", ForeignKey("digest_texts.id", ondelete="SET NULL")),
    Column("status", Text, nullable=False),  # pending | sending | sent | failed | unknown | skipped
    Column("reason", Text),  # of one that was skipped: opted_out | inactive | no_channel | quiet
    Column("sent_at", Moment),
    Column("read_at", Moment),
)

digest_choices = Table(
    "digest_choices",  # who changed whether and where the digest comes
    metadata,
    Column("member_id", ForeignKey("members.id", ondelete="CASCADE"), primary_key=True),
    Column("receives", Boolean, nullable=False),
    Column("channel", Text),  # None: wherever notices go
    Column("changed_at", Moment, nullable=False),
)

duty_decisions = Table(
    "duty_decisions",  # what administrators decided on one duty that was read in a directive
    metadata,
    Column("duty", Text, primary_key=True),  # key of `index.Duty`
    Column("directive", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("words", Text, nullable=False),  # the clause and its reading, folded, to find it again under another key
    Column("confirmed", Boolean, nullable=False),
    Column("who", Text),  # as confirmed
    Column("due", Text),  # JSON of `index.Due`, as confirmed, None: no time
    Column("decided_by", Text, nullable=False),
    Column("decided_at", Moment, nullable=False),
)

groups = Table(
    "groups",  # group chats that an administrator has registered
    metadata,
    Column("channel", Text, primary_key=True),
    Column("chat", Text, primary_key=True),
    Column("audience", Text, nullable=False),  # public | member
    Column("registered_at", Moment, nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("name", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("until", Moment, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    Column("actor", Text, nullable=False),  # a member's code, or who else acted
    Column("action", Text, nullable=False),
    Column("facts", Text, nullable=False),  # JSON object
    sqlite_autoincrement=True,
)

notes = Table(
    "notes",  # single values: the day of the last nightly look, the last reindex
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
