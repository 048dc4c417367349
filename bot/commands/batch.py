"""JSON lines in, JSON lines out: the machine-readable side of the commands."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from math import isfinite
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, JsonValue, ValidationError

from bot import texts
from bot.errors import BadLine, FileMissing


def _finite(value: JsonValue) -> JsonValue:
    """JSON knows no NaN and no infinity, which would come out as null."""
    match value:
        case float() if not isfinite(value):
            raise ValueError("not finite")
        case list():
            return [_finite(each) for each in value]
        case dict():
            return {key: _finite(each) for key, each in value.items()}
        case _:
            return value


class Line(BaseModel):
    """One line of a batch; further keys are ignored."""

    model_config = ConfigDict(frozen=True)

    id: Annotated[JsonValue, AfterValidator(_finite)] = None


SomeLine = TypeVar("SomeLine", bound=Line)


def run_batch(source: str, kind: type[SomeLine], answer: Callable[[SomeLine], BaseModel], *, expected: str) -> bool:
    """Prints one JSON object for each line of a file (``-``: standard input), in order and at once.

    A bad line is named on stderr and the rest goes on; False when there was one. Raises FileMissing.
    """
    clean = True
    for position, line in enumerate(_read_lines(source), start=1):
        if not line.strip():
            continue
        try:
            print_json(answer(_parse(line, kind, position=position, expected=expected)))
        except BadLine as error:
            clean = False
            print(texts.error_text(error), file=sys.stderr, flush=True)
    return clean


def print_json(model: BaseModel) -> None:
    print(model.model_dump_json(), flush=True)


def _read_lines(source: str) -> Iterator[bytes]:
    if source == "-":
        yield from sys.stdin.buffer
        return
    try:
        with open(source, "rb") as file:
            yield from file
    except OSError as error:
        raise FileMissing(path=source, detail=error.strerror) from error


def _parse(line: bytes, kind: type[SomeLine], *, position: int, expected: str) -> SomeLine:
    try:
        return kind.model_validate_json(line.removeprefix(b"\xef\xbb\xbf"))
    except ValidationError as error:
        bad = error.errors()[0]
        if bad["type"] == "json_invalid" or bad["loc"][:1] == ("id",):
            raise BadLine(line=position, detail=texts.LINE_NOT_JSON) from error
        key = next((part for part in bad["loc"] if isinstance(part, str)), "")
        raise BadLine(line=position, detail=texts.LINE_WRONG.format(key=key, expected=expected)) from error
