"""What the web page asks of the rest of the application; `bot.web_desk` is the one that answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.messages import Frozen, Reply


class Visitor(Frozen):
    """Who is behind a signed-in page. ``account``: the sender of their messages; ``name``: None for a guest."""

    account: str
    chat: str
    name: str | None
    is_admin: bool = False


class SignIn(Frozen):
    """``token``: the new session's, for the cookie; None where the code was refused, and ``refusal`` says why.

    ``locked``: refused unseen, because there were too many wrong tries.
    """

    token: str | None
    refusal: str | None = None
    locked: bool = False


class Line(Frozen):
    """One reply of a chat, with what it answers. ``number`` grows; ``replaces``: an earlier line it takes the place of.

    ``message``: the id under which the page sent the question; None with ``question`` where nobody asked.
    """

    number: int
    reply: Reply
    at: datetime
    question: str | None = None
    message: str | None = None
    replaces: int | None = None


class Original(Frozen):
    """A directive's file, after its rights have been checked. ``name``: as it is saved."""

    path: Path
    name: str


class Health(Frozen):
    """``ready``: the library is open and the database answers; ``problems``: one English line for each fault."""

    ready: bool
    problems: tuple[str, ...] = ()


class WebDesk(Protocol):
    """All methods block for some milliseconds and are called off the event loop."""

    def sign_in(self, code: str, *, address: str) -> SignIn:
        """Redeems a one-time code. Wrong tries are counted by ``address``."""

    @property
    def public_answers(self) -> bool:
        """Whether people without a session are answered too; known without asking anybody."""

    def guest(self) -> str | None:
        """The token of a new session without a name; None where only members are answered."""

    def visitor(self, token: str) -> Visitor | None:
        """None for a token that is unknown, has ended, or whose member has gone."""

    def sign_out(self, token: str) -> None: ...

    def transcript(self, chat: str, *, after: int = 0) -> Sequence[Line]:
        """The replies of a chat with a larger number, oldest first, at most the last hundred."""

    def waiting(self, chat: str) -> Sequence[tuple[str, str]]:
        """Message id and text of what is not answered yet, oldest first."""

    def original(self, visitor: Visitor, directive: str) -> Original | None:
        """None for a directive that is not there or that this visitor may not see."""

    def linked_original(self, signature: str) -> Original | None:
        """The file of a signed, short-lived link; None for one that is forged, has run out, or is withdrawn."""

    def health(self) -> Health: ...
