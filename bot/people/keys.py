"""The secret key of this installation, and what is made with it: keyed hashes, and links that run out."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from pathlib import Path
from typing import Final

from bot.errors import FileMissing

KEY_FILE: Final = "secret.key"
_DIGEST: Final = hashlib.sha256


class Keys:
    """``purpose`` keeps hashes of different kinds apart, so that one is never taken for another."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def hash(self, purpose: str, value: str) -> str:
        """64 hexadecimal digits (HMAC-SHA256)."""
        return hmac.new(self._secret, f"{purpose}\0{value}".encode(), _DIGEST).hexdigest()

    def asker(self, member: int) -> str:
        """How a member stands in the question log."""
        return self.hash("asker", str(member))

    def sign(self, purpose: str, value: str) -> str:
        """A URL-safe text that holds the value and when it was signed."""
        from itsdangerous import URLSafeTimedSerializer

        return str(URLSafeTimedSerializer(self._secret, salt=purpose).dumps(value))

    def signed(self, purpose: str, signature: str, *, seconds: int) -> str | None:
        """The value; None for a text that is forged or older than ``seconds``."""
        from itsdangerous import BadData, URLSafeTimedSerializer

        try:
            return str(URLSafeTimedSerializer(self._secret, salt=purpose).loads(signature, max_age=seconds))
        except BadData:
            return None


def load_keys(secret: str | None, *, state_dir: Path) -> Keys:
    """From the setting, else from a file of the state folder, made with a new random key where there is none.

    The folder is made in either case: features look at its disk. Raises FileMissing where it cannot be made, or the
    file can be neither read nor made.
    """
    path = state_dir if secret else state_dir / KEY_FILE
    try:
        state_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        if secret:
            return Keys(secret)
        if not path.exists():
            draft = state_dir / f".{KEY_FILE}.{secrets.token_hex(4)}"
            draft.touch(mode=0o600)
            draft.write_text(secrets.token_hex(32), encoding="ascii")
            try:
                path.hardlink_to(draft)  # of two processes that start at once, one wins
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        return Keys(path.read_text(encoding="ascii").strip())
    except (OSError, UnicodeDecodeError) as error:
        raise FileMissing(path=path, detail=getattr(error, "strerror", None) or error) from error
