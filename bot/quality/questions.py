"""A question set in YAML: what is asked, where the answer stands, and the words that a quote of it must hold.

A file is a list of entries; a folder is all its ``.yaml`` files. Every scalar is read as it is typed, so that ``place:
2.10`` stays what it is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self, get_args

import yaml
from pydantic import BeforeValidator, Field, ValidationError, model_validator

from bot import texts
from bot.errors import BadQuestions, FileMissing
from bot.messages import Frozen

Kind = Literal[
    "plain",
    "unaccented",
    "chatty",
    "everyday",
    "number",
    "follow_up",
    "compare",
    "refuse_subject",
    "refuse_other",
]
KINDS: Final[tuple[str, ...]] = get_args(Kind)
SUFFIXES: Final = (".yaml", ".yml")
_MOST_PROBLEMS: Final = 20


def joined(text: str) -> str:
    """NFC, with every run of white space as one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _listed(value: object) -> object:
    """One or a list; nothing said is none."""
    values = value if isinstance(value, list) else [value]
    return tuple(joined(each) if isinstance(each, str) else each for each in values if each not in (None, ""))


Said = Annotated[str, BeforeValidator(lambda value: joined(value) if isinstance(value, str) else value)]
OneOrMore = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class Question(Frozen):
    """``after``: the earlier turns of its conversation. ``directive``: the number as printed, or the file's name
    without its ending. ``place``: labels from the outside in ("II.3", "Điều 5.2.b", "STT 4" for the row of a table).

    Of several directives (or places) that are given each is right, but a comparison needs one quote of each. ``words``
    must all stand in the quote; of a comparison they belong to its directives in their order. ``held``: asked only at
    the end, and never shown one by one. ``source``: file and line.
    """

    id: Annotated[Said, Field(min_length=1)]
    kind: Kind
    question: Annotated[Said, Field(min_length=1)]
    after: OneOrMore = ()
    directive: OneOrMore = ()
    place: OneOrMore = ()
    words: OneOrMore = ()
    held: bool = False
    source: str = ""

    @property
    def is_refusal(self) -> bool:
        """The library holds no answer."""
        return self.kind.startswith("refuse")

    @property
    def turns(self) -> tuple[str, ...]:
        return (*self.after, self.question)

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        if fault := _fault_of(self):
            raise ValueError(fault)
        return self


def _fault_of(question: Question) -> str | None:
    if question.is_refusal:
        said = question.directive or question.place or question.words
        return texts.QUALITY_REFUSAL_SAYS_TOO_MUCH if said else None
    if not question.directive or not question.words:
        return texts.QUALITY_NEEDS_ANSWER
    if question.kind == "follow_up" and not question.after:
        return texts.QUALITY_NEEDS_AFTER
    if question.kind == "compare":
        if len(question.directive) < 2:
            return texts.QUALITY_NEEDS_TWO
        if len(question.words) != len(question.directive):
            return texts.QUALITY_NEEDS_WORDS_OF_EACH
        if question.place and len(question.place) != len(question.directive):
            return texts.QUALITY_NEEDS_PLACE_OF_EACH
    return None


def is_question_set(path: Path) -> bool:
    """Whether this is a set of ours, by its name alone: a YAML file, or a folder with one."""
    return bool(files_of(path))


def files_of(path: Path) -> tuple[Path, ...]:
    """The YAML files that a path means, by name."""
    if path.is_dir():
        return tuple(sorted(each for each in path.iterdir() if each.suffix.lower() in SUFFIXES and each.is_file()))
    return (path,) if path.suffix.lower() in SUFFIXES and path.is_file() else ()


def read_questions(path: Path) -> tuple[Question, ...]:
    """All questions, in the order of the files. Raises BadQuestions with a line for each problem, FileMissing."""
    files = files_of(path)
    if not files:
        raise FileMissing(path=path, detail=texts.QUALITY_NO_FILES)
    questions: list[Question] = []
    problems: list[str] = []
    for file in files:
        for line, found in _entries(file):
            where = texts.QUALITY_WHERE.format(file=file.name, line=line)
            if isinstance(found, str):
                problems.append(texts.QUALITY_PROBLEM.format(where=where, problem=found))
                continue
            twin = next((one for one in questions if one.id == found.id), None)
            if twin:
                problem = texts.QUALITY_ID_TWICE.format(id=found.id, other=twin.source)
                problems.append(texts.QUALITY_PROBLEM.format(where=where, problem=problem))
            questions.append(found.model_copy(update={"source": where}))
    if problems:
        raise BadQuestions(path=path, problems="\n".join(_shortened(problems)))
    if not questions:
        raise BadQuestions(path=path, problems=texts.QUALITY_EMPTY)
    return tuple(questions)


def _shortened(problems: Sequence[str]) -> list[str]:
    rest = len(problems) - _MOST_PROBLEMS
    more = [texts.QUALITY_MORE_PROBLEMS.format(count=rest)] if rest > 0 else []
    return [*problems[:_MOST_PROBLEMS], *more]


def _entries(file: Path) -> Iterator[tuple[int, Question | str]]:
    """Each entry with its line (1-based), or what is wrong there."""
    try:
        content = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise FileMissing(path=file, detail=error.strerror or "") from error
    except UnicodeDecodeError:
        yield 1, texts.QUALITY_NOT_UTF8
        return
    try:
        root = yaml.compose(content, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        detail = getattr(error, "problem", None) or type(error).__name__
        yield (mark.line + 1 if mark else 1), texts.QUALITY_NOT_YAML.format(detail=detail)
        return
    if root is None:
        return
    if not isinstance(root, yaml.SequenceNode):
        yield root.start_mark.line + 1, texts.QUALITY_NO_LIST
        return
    for node in root.value:
        yield node.start_mark.line + 1, _entry(node)


def _entry(node: yaml.Node) -> Question | str:
    if not isinstance(node, yaml.MappingNode):
        return texts.QUALITY_NO_MAPPING
    keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
    if twice := next((key for key in keys if keys.count(key) > 1), None):
        return texts.QUALITY_KEY_TWICE.format(key=twice)
    content: dict[str, Any] = {
        key.value: _value_of(value) for key, value in node.value if isinstance(key, yaml.ScalarNode)
    }
    try:
        return Question.model_validate(content)
    except ValidationError as error:
        return _problem(content, error)


def _value_of(node: yaml.Node) -> object:
    if isinstance(node, yaml.SequenceNode):
        return [_value_of(each) for each in node.value]
    return node.value if isinstance(node, yaml.ScalarNode) else {}


def _problem(content: dict[str, Any], error: ValidationError) -> str:
    bad = error.errors()[0]
    name = texts.QUALITY_ENTRY.format(id=content.get("id") or "?")
    if not bad["loc"]:
        return name + str(bad["msg"]).removeprefix("Value error, ")
    key = str(bad["loc"][0])
    if bad["type"] == "missing":
        return name + texts.QUALITY_KEY_MISSING.format(key=key)
    if bad["type"] == "extra_forbidden":
        return name + texts.QUALITY_KEY_UNKNOWN.format(key=key, known=", ".join(_KEYS))
    if key == "kind":
        return name + texts.QUALITY_KIND_UNKNOWN.format(kind=content.get("kind"), known=", ".join(KINDS))
    return name + texts.QUALITY_VALUE_BAD.format(key=key, value=bad["input"])


_KEYS: Final = tuple(name for name in Question.model_fields if name != "source")
