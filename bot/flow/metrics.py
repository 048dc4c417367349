"""Figures for Prometheus, in a registry of their own."""

from __future__ import annotations

from contextlib import suppress

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.errors import StateBusy
from bot.state import inbox, outbox
from bot.state.database import Database


class Metrics:
    """Counted by channel since the process began; what waits is counted over all processes, when it is asked for."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._registry = CollectorRegistry()
        self.received = self._counter("bot_messages_received", "Messages stored")
        self.answered = self._counter("bot_messages_answered", "Messages answered, with a reply or with silence")
        self.sent = self._counter("bot_replies_sent", "Replies that arrived")
        self.failed = self._counter("bot_replies_failed", "Replies given up, or of which nobody knows the end")
        self.seconds = Histogram(
            "bot_answer_seconds",
            "Seconds from the storing of a message to the arrival of its reply",
            ["channel"],
            registry=self._registry,
            buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600),
        )
        self._questions = Gauge("bot_messages_waiting", "Messages not answered yet", registry=self._registry)
        self._replies = Gauge("bot_replies", "Stored replies by status", ["status"], registry=self._registry)

    def render(self) -> tuple[bytes, str]:
        """The page and its content type. Reads the database, so it is called off the event loop."""
        with suppress(StateBusy):  # the last known count is better than no page
            self._count_waiting()
        return generate_latest(self._registry), CONTENT_TYPE_LATEST

    def _count_waiting(self) -> None:
        with self._database.reading() as db:
            counts = outbox.counts(db)
            self._questions.set(inbox.count_waiting(db))
        for status in outbox.Status:
            self._replies.labels(status.value).set(counts.get(status.value, 0))

    def _counter(self, name: str, description: str) -> Counter:
        return Counter(name, description, ["channel"], registry=self._registry)
