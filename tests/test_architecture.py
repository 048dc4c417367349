"""The picture of the imports: every arrow runs down, and no room grows out of its walls.

Only the source is read; nothing is imported but the table of errors.
"""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from bot.errors import BotError
from index.errors import LibraryError

ROOT = Path(__file__).resolve().parent.parent
FACE = "index"

FLOORS: Mapping[str, int] = {
    "index.types": 0,
    "index.findings": 0,
    "index.errors": 0,
    "index.language": 1,
    "index.reading": 2,
    "index.searching": 3,
    "index": 4,  # library, build, training, evaluation, and what only they use
}
"""A module stands on the floor of its longest prefix here, and imports from its own floor and those below."""

HEAVY = {
    "docx",
    "faiss",
    "openpyxl",
    "segno",
    "lxml",
    "openai",
    "httpx2",
    "pypdfium2",
    "safetensors",
    "sentence_transformers",
    "tantivy",
    "telegram",
    "tokenizers",
}
HEAVY |= {"PIL", "huggingface_hub", "pdfplumber", "rich", "selectolax", "torch", "transformers"}

CATCH_ALL = {
    "bot/__main__.py",  # an error becomes an exit code
    "bot/router.py",  # an error becomes a reply
    "index/searching/encoder.py",  # tokenizers raises nothing narrower; only round its parser
}

MODULE_LINES, FUNCTION_LINES = 350, 50
HOMES = {"index.errors", "bot.errors"}


class Import(NamedTuple):
    """``name``: of a module, or of something in it. ``at_top``: done when the module is loaded."""

    importer: str
    name: str
    line: int
    at_top: bool

    def __str__(self) -> str:
        return f"{self.importer}:{self.line} imports {self.name}"


@cache
def trees() -> dict[str, ast.Module]:
    """The source of every module of the two packages, by its name."""
    found = {}
    for path in sorted([*(ROOT / "index").rglob("*.py"), *(ROOT / "bot").rglob("*.py")]):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def path_of(module: str) -> Path:
    folder = ROOT / module.replace(".", "/")
    return folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")


@cache
def imports() -> tuple[Import, ...]:
    return tuple(found for module, tree in trees().items() for found in _imports_in(tree, module, at_top=True))


def _imports_in(node: ast.AST, module: str, *, at_top: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.Import(names=names):
                yield from (Import(module, alias.name, child.lineno, at_top) for alias in names)
            case ast.ImportFrom(module=source, level=level, names=names):
                assert level == 0, f"{module}:{child.lineno}: relative imports are not used"
                # "from bot import texts" may name a module; "from index import Library" names what is in one
                yield from (Import(module, _target(source or "", alias.name), child.lineno, at_top) for alias in names)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
                yield from _imports_in(child, module, at_top=False)
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                yield from _imports_in(child, module, at_top=False)
            case _:
                yield from _imports_in(child, module, at_top=at_top)


def _target(source: str, name: str) -> str:
    whole = f"{source}.{name}"
    return whole if whole in trees() else source


def floor(module: str) -> int:
    prefixes = [prefix for prefix in FLOORS if f"{module}.".startswith(f"{prefix}.")]
    return FLOORS[max(prefixes, key=len)]


def within(module: str, package: str) -> bool:
    return f"{module}.".startswith(f"{package}.")


def wrong(found: Iterable[Import]) -> list[str]:
    return [str(one) for one in found]


def test_the_reader_of_imports_sees_them_all() -> None:
    names = {(one.importer, one.name, one.at_top) for one in imports()}
    assert {
        ("bot.router", "bot.texts", True),
        ("bot.router", "index", True),
        ("index.training", "torch", False),
        ("index.searching.encoder", "tokenizers", False),
    } <= names


def test_index_never_imports_bot() -> None:
    assert not wrong(one for one in imports() if within(one.importer, "index") and within(one.name, "bot"))


def test_bot_imports_of_index_only_its_face() -> None:
    inside = (one for one in imports() if within(one.importer, "bot") and within(one.name, "index"))
    assert not wrong(one for one in inside if one.name != FACE)


def test_within_index_every_import_runs_down() -> None:
    inside = (one for one in imports() if within(one.importer, "index") and within(one.name, "index"))
    assert not wrong(one for one in inside if one.importer != FACE and floor(one.name) > floor(one.importer))


CONTRACT = (
    *("bot.channels.base", "bot.channels.splitting", "bot.channels.pacing"),
    *("bot.channels.web.desk", "bot.channels.web.corpus_desk"),
    *("bot.channels.web.digest_desk", "bot.channels.web.duty_desk"),
)
"""What a channel is; all else in the room are channels."""


def test_only_what_joins_everything_sees_a_channel() -> None:
    joining = ("bot.app", "bot.serving", "bot.commands")
    seen = (one for one in imports() if within(one.name, "bot.channels") and not within(one.importer, "bot.channels"))
    seen = (one for one in seen if not any(within(one.name, part) for part in CONTRACT))
    assert not wrong(one for one in seen if not any(within(one.importer, room) for room in joining))


def test_only_what_joins_everything_sees_the_joining() -> None:
    top = ("bot.app", "bot.serving", "bot.assembly")
    seen = (one for one in imports() if any(within(one.name, part) for part in top))
    seen = (one for one in seen if not any(within(one.importer, part) for part in (*top, "bot.commands")))
    assert not wrong(one for one in seen if one.importer != "bot.__main__")


def test_state_knows_only_what_is_kept() -> None:
    known = ("bot.state", "bot.messages", "bot.errors", "index")
    inside = (one for one in imports() if within(one.importer, "bot.state"))
    seen = (one for one in inside if one.name.split(".")[0] in ("bot", "index"))
    assert not wrong(one for one in seen if not any(within(one.name, room) for room in known))


def test_only_the_state_and_what_writes_into_it_knows_its_tables() -> None:
    seen = (one for one in imports() if within(one.name, "bot.state.tables") and not within(one.importer, "bot.state"))
    assert not wrong(one for one in seen if one.importer not in ("bot.backup", "bot.restore"))


def test_channels_know_messages_and_words_and_no_handler() -> None:
    known = ("bot.channels", "bot.messages", "bot.texts", "bot.errors")
    seen = (
        one for one in imports() if within(one.importer, "bot.channels") and one.name.split(".")[0] in ("bot", "index")
    )
    assert not wrong(one for one in seen if not any(within(one.name, room) for room in known))


def test_answering_knows_no_channel_no_router_and_no_settings() -> None:
    unknown = ("bot.channels", "bot.router", "bot.app", "bot.settings", "bot.commands")
    seen = (one for one in imports() if within(one.importer, "bot.answering"))
    assert not wrong(one for one in seen if any(within(one.name, room) for room in unknown))


def test_no_modules_import_each_other_in_a_circle() -> None:
    arrows: dict[str, set[str]] = defaultdict(set)
    for one in imports():
        if one.at_top and one.name in trees():
            arrows[one.importer].add(one.name)
    assert not [circle for circle in circles(arrows) if len(circle) > 1]


def circles(arrows: Mapping[str, set[str]]) -> list[list[str]]:
    """The strongly connected components (Tarjan): modules from each of which one comes to each of the others."""
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    path: list[str] = []
    found: list[list[str]] = []

    def visit(module: str) -> None:
        order[module] = lowest[module] = len(order)
        path.append(module)
        for other in sorted(arrows.get(module, ())):
            if other not in order:
                visit(other)
            if other in path:
                lowest[module] = min(lowest[module], lowest[other])
        if lowest[module] == order[module]:
            start = path.index(module)
            found.append(sorted(path[start:]))
            del path[start:]

    for module in sorted(arrows):
        if module not in order:
            visit(module)
    return found


def test_circles_are_found() -> None:
    assert circles({"a": {"b"}, "b": {"c", "d"}, "c": {"a"}, "d": set()}) == [["d"], ["a", "b", "c"]]


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    assert not wrong(one for one in imports() if one.at_top and one.name.split(".")[0] in HEAVY)


def catches_all(handler: ast.ExceptHandler) -> bool:
    names = [handler.type] if not isinstance(handler.type, ast.Tuple) else handler.type.elts
    return any(name is None or (isinstance(name, ast.Name) and name.id in _WIDEST) for name in names)


_WIDEST = ("Exception", "BaseException")


def test_everything_is_caught_only_where_errors_end() -> None:
    found = {
        path_of(module).relative_to(ROOT).as_posix()
        for module, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler) and catches_all(node)
    }
    assert found <= CATCH_ALL


ONE_LIST = "bot.texts"
"""Every sentence, in one file that somebody reads who does not program."""
WRITTEN_BY_A_TOOL = "bot.state.migrations.versions"


def test_no_module_is_too_long() -> None:
    modules = [module for module in trees() if module != ONE_LIST]
    lengths = {module: len(path_of(module).read_text(encoding="utf-8").splitlines()) for module in modules}
    assert not {module: length for module, length in lengths.items() if length > MODULE_LINES}


def test_no_function_is_too_long() -> None:
    lengths = {
        f"{module}.{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for module, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not within(module, WRITTEN_BY_A_TOOL)
    }
    assert not {name: length for name, length in lengths.items() if length > FUNCTION_LINES}


def kinds_of(base: type[Exception]) -> list[type[Exception]]:
    return [base, *(kind for child in base.__subclasses__() for kind in kinds_of(child))]


def test_every_kind_of_error_has_a_code_of_its_own() -> None:
    """One over both trees: the Vietnamese words of both stand in one table."""
    kinds = [kind for kind in (*kinds_of(LibraryError), *kinds_of(BotError)) if kind.__module__ in HOMES]
    codes = Counter(str(vars(kind).get("code", "no code of its own")) for kind in kinds)
    assert not {code: count for code, count in codes.items() if count > 1 or code == "no code of its own"}


def test_errors_are_defined_in_the_two_trees_only() -> None:
    homes = {kind.__module__ for base in (LibraryError, BotError) for kind in kinds_of(base)}
    assert {home for home in homes if home.split(".")[0] in ("index", "bot")} == HOMES
