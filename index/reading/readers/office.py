"""Old Word formats -> DOCX, by LibreOffice without a window.

It is a big program fed with files of strangers, so each call has a profile of its own in which macros, active content
and updates of links are off and every address leads nowhere, an environment without our settings, limits on time,
memory and what it writes, and a harmless file name; all it leaves is removed. One runs at a time on a machine.
"""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from index.errors import DamagedFile, NeedsOffice
from index.reading.tools import Tools

SECONDS = 120
LARGEST = 64 * 1024 * 1024
"""Bytes of a file that it may write."""
MEMORY = 4 * 1024**3
"""Bytes of address space; what it really uses for a paper is a twentieth of it."""

_LOCK = "directive-office-{user}.lock"
_NOWHERE = "127.0.0.1"
_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Misc", "UseLocking", "false"),
    ("Office.Writer/Content/Update", "Link", "2"),
    ("Office.Writer/Content/Update", "Field", "false"),
    ("Office.Calc/Content/Update", "Link", "2"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", _NOWHERE),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", _NOWHERE),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
"""Folder of LibreOffice's registry, key, value: level 3 runs only what lies in trusted folders, of which there are
none; 2 is "never"; port 9 discards.
"""


def as_docx(data: bytes, name: str, tools: Tools, *, suffix: str) -> bytes:
    """The document as DOCX; ``suffix``: of the format that the content has.

    Raises `NeedsOffice` without LibreOffice, `DamagedFile` where it gives nothing within its limits.
    """
    if tools.soffice is None:
        raise NeedsOffice(path=name, suffix=suffix)
    try:
        with tempfile.TemporaryDirectory(prefix="directive-", ignore_cleanup_errors=True) as folder:
            return _converted(data, name, tools.soffice, Path(folder), suffix)
    except OSError as err:  # no room, or more written than this process may
        raise DamagedFile(path=name, detail=f"LibreOffice could not be run: {err.strerror or err}") from err


def _converted(data: bytes, name: str, soffice: Path, folder: Path, suffix: str) -> bytes:
    given, made = folder / f"paper{suffix}", folder / "out" / "paper.docx"
    given.write_bytes(data)
    _write_profile(folder / "profile")
    with _alone():
        finished = _run(soffice, given, folder)
    if not finished:
        raise DamagedFile(path=name, detail=f"LibreOffice needed more than {SECONDS} seconds")
    if not made.is_file() or made.is_symlink():
        raise DamagedFile(path=name, detail="LibreOffice could not read it")
    if made.stat().st_size >= LARGEST:
        raise DamagedFile(path=name, detail=f"as .docx it would be larger than {LARGEST >> 20} MB")
    return made.read_bytes()


def _write_profile(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{key}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, key, value in _SETTINGS
    )
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{items}</oor:items>",
        encoding="utf-8",
    )


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Waits until no other process or thread of this user runs LibreOffice."""
    import fcntl

    path = Path(tempfile.gettempdir()) / _LOCK.format(user=os.getuid())
    lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _run(soffice: Path, given: Path, folder: Path) -> bool:
    """Whether it ended by itself in time; whatever it started ends with it."""
    command = [
        *(str(soffice), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"),
        *("--nologo", "--nodefault", "--nofirststartwizard", "--convert-to", "docx:MS Word 2007 XML"),
        *("--outdir", str(folder / "out"), str(given)),
    ]
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=_environment(folder),
        start_new_session=True,
    )
    try:
        _limit(process.pid)
        process.wait(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return False
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return True


def _environment(folder: Path) -> dict[str, str]:
    nowhere = f"http://{_NOWHERE}:9"
    proxies = {f"{scheme}_proxy": nowhere for scheme in ("http", "https", "ftp", "all")}
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "SAL_USE_VCLPLUGIN": "svp",
        **proxies,
    }


def _limit(process: int) -> None:
    """So that it ends even where we are killed and cannot end it; only Linux can set these from outside."""
    for kind, most in (
        (resource.RLIMIT_FSIZE, LARGEST),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(AttributeError, ProcessLookupError):
            _, hard = resource.prlimit(process, kind)
            most = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.prlimit(process, kind, (most, most))
