"""An OpenAI-compatible endpoint, asked with a limit on everything: time, size, and how many wait for it at once."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, SecretStr

from bot.writing.prompt import messages_for

if TYPE_CHECKING:
    import httpx2

logger = logging.getLogger(__name__)

_AT_ONCE: Final = 2
"""Fewer than the threads that answer, so that a slow endpoint never keeps other chats waiting."""
_FAILURES: Final = 3
_PAUSE: Final = 60.0
_TOKENS: Final = 300
_LARGEST: Final = 64 * 1024


@dataclass(frozen=True)
class Endpoint:
    """``url``: without ``/chat/completions``. ``key`` None: it asks for none. ``seconds``: the longest that an answer
    waits for it.
    """

    url: str
    model: str
    key: SecretStr | None = field(default=None, repr=False)
    seconds: float = 4.0


class _Message(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Completion(BaseModel):
    choices: list[_Choice]


class Writer:
    """``write`` gives what the endpoint says, not checked; None for any failure, which is logged without its words.

    After three failures in a row it is left alone for a minute. ``clock``: monotonic seconds.
    """

    def __init__(self, endpoint: Endpoint, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.endpoint = endpoint
        self._clock = clock
        self._slots = threading.BoundedSemaphore(_AT_ONCE)
        self._lock = threading.Lock()
        self._failures = 0
        self._rests_until = 0.0

    def write(self, question: str, quotes: Sequence[str]) -> str | None:
        if self._clock() < self._rests_until or not self._slots.acquire(blocking=False):
            return None
        answers: SimpleQueue[str | None] = SimpleQueue()
        messages = messages_for(question, quotes)
        threading.Thread(target=self._work, args=(messages, answers), name="writing", daemon=True).start()
        try:
            said = answers.get(timeout=self.endpoint.seconds)
        except Empty:
            logger.warning("written answers: nothing within %s seconds", self.endpoint.seconds)
            said = None
        self._count(failed=said is None)
        return said

    def _work(self, messages: list[dict[str, str]], answers: SimpleQueue[str | None]) -> None:
        """In a thread of its own, which nobody waits for longer than he may."""
        said = None
        try:
            said = _asked(self.endpoint, messages)
        finally:
            self._slots.release()
            answers.put(said)

    def _count(self, *, failed: bool) -> None:
        with self._lock:
            self._failures = self._failures + 1 if failed else 0
            if self._failures >= _FAILURES:
                self._failures, self._rests_until = 0, self._clock() + _PAUSE


def _asked(endpoint: Endpoint, messages: list[dict[str, str]]) -> str | None:
    import httpx2  # loaded only where something is written
    import openai

    try:
        body = _fetched(endpoint, messages)
        choice = _Completion.model_validate_json(body).choices[0]
    except (openai.OpenAIError, httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, OSError) as error:
        logger.warning("written answers: %s", type(error).__name__)
        return None
    except (ValueError, IndexError) as error:  # too large, no JSON, or JSON of another shape
        logger.warning("written answers: cannot be read (%s)", type(error).__name__)
        return None
    return None if choice.message.refusal else choice.message.content or ""


def _fetched(endpoint: Endpoint, messages: list[dict[str, str]]) -> bytes:
    """The body; raises ValueError where it is too large or too slow."""
    import httpx2
    import openai

    ends = time.monotonic() + endpoint.seconds
    key = endpoint.key.get_secret_value() if endpoint.key else "none"
    plain = httpx2.Client(
        timeout=endpoint.seconds, follow_redirects=False, event_hooks={"response": [_refuse_all_but_success]}
    )
    with plain, openai.OpenAI(base_url=endpoint.url, api_key=key, max_retries=0, http_client=plain) as client:
        asked = client.chat.completions.with_streaming_response.create(
            model=endpoint.model,
            messages=messages,  # type: ignore[arg-type]
            temperature=0,
            max_tokens=_TOKENS,
            timeout=endpoint.seconds,
            extra_headers={"Accept-Encoding": "identity"},
        )
        body = b""
        with asked as response:
            for part in response.iter_bytes(4096):
                body += part
                if len(body) > _LARGEST or time.monotonic() > ends:
                    raise ValueError("too much")
        return body


def _refuse_all_but_success(response: httpx2.Response) -> None:
    """Before a body is read that may have no end."""
    import httpx2

    if response.status_code != 200:
        raise httpx2.HTTPStatusError("refused", request=response.request, response=response)
