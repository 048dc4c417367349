"""Programs of the system that some tests need: skipped by name where one is missing, failed where it must be there."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Final

import pytest

FONT: Final = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")
"""Holds every Vietnamese letter; Debian's Liberation fonts lack 46 of them."""


@cache
def missing_programs() -> dict[str, str]:
    """What cannot be run here, and why."""
    missing = {}
    tesseract = shutil.which("tesseract")
    listed = [tesseract, "--list-langs"] if tesseract else None
    if not listed or "vie" not in subprocess.run(listed, capture_output=True, text=True, check=False).stdout.split():
        missing["tesseract"] = "tesseract with its language vie is not installed"
    if not shutil.which("soffice"):
        missing["LibreOffice"] = "soffice is not installed"
    if not shutil.which("chromium"):
        missing["Chromium"] = "chromium is not installed"
    if not FONT.exists():
        missing["DejaVu"] = f"{FONT} is missing"
    return missing


def needs(*programs: str) -> None:
    """Skips the test that calls it where one is missing; fails it where ``CI_REQUIRES_SERVERS=1``."""
    for program in programs:
        if why := missing_programs().get(program):
            if os.environ.get("CI_REQUIRES_SERVERS") == "1":
                pytest.fail(why)
            pytest.skip(f"{program}: not run ({why})")
