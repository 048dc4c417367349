"""The papers round one directive: what it replaced, changed and carries out, and what did so to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from bot import texts
from bot.answering.citation import name_of
from bot.answering.wording import ENDING, active_in, dated_name, in_print, passive, passive_in, since_text
from bot.messages import Chain, ChainArrow, ChainPaper
from bot.validity.register import Known
from bot.validity.wording import year_of
from index import Directive, DirectiveId, Edge, Relation, RelationKind, Status

_DEEPEST: Final = 20
_PICTURED: Final = 12
_LINES: Final = 40


@dataclass(frozen=True)
class Step:
    """``edges``, of one kind, lead from what is before it to ``paper``. ``depth``: 0 next to the directive that was
    asked for.
    """

    edges: tuple[Edge, ...]
    paper: Directive
    depth: int

    @property
    def edge(self) -> Edge:
        return self.edges[0]

    @property
    def parts(self) -> tuple[str, ...]:
        """What is changed, in the order of the clauses; none where one of them names the whole paper."""
        if not all(edge.relation.articles for edge in self.edges):
            return ()
        return tuple(dict.fromkeys(part for edge in in_print(self.edges) for part in edge.relation.articles))


@dataclass(frozen=True)
class Surroundings:
    """``older``: what the directive says of others; ``newer``: what others say of it. Each step is followed by those
    that lead on from it: only what replaces or repeals leads on.
    """

    directive: Directive
    older: tuple[Step, ...]
    newer: tuple[Step, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        return (*self.older, *self.newer)


def surroundings(directive: Directive, known: Known, *, visible: frozenset[DirectiveId]) -> Surroundings:
    """Through standing edges and visible papers alone, as if there were no others. A decision and what was issued with
    it are one paper.
    """

    def side(*, older: bool) -> tuple[Step, ...]:
        start = known.matter_of(directive.id)
        return tuple(_walk(start, known, visible, older=older, told={start}))

    return Surroundings(directive=directive, older=side(older=True), newer=side(older=False))


def _walk(
    start: DirectiveId,
    known: Known,
    visible: frozenset[DirectiveId],
    *,
    older: bool,
    told: set[DirectiveId],
    way: frozenset[DirectiveId] = frozenset(),
) -> Iterator[Step]:
    """``way``: the papers from the first one to here, without ``start``. ``told``: those whose own steps have been
    told; where many ways lead to a paper, only the first one leads on.
    """
    depth, way = len(way), way | {start}
    found: dict[tuple[RelationKind, DirectiveId], list[Edge]] = {}
    for edge, other in _next_to(start, known, visible, older=older):
        if other not in way and (not depth or edge.relation.kind in ENDING):
            found.setdefault((edge.relation.kind, other), []).append(edge)
    for (kind, other), edges in found.items():
        yield Step(edges=_once(edges), paper=known.directives[other], depth=depth)
        if kind in ENDING and depth < _DEEPEST and other not in told:
            told.add(other)
            yield from _walk(other, known, visible, older=older, told=told, way=way)


def _once(edges: Iterable[Edge]) -> tuple[Edge, ...]:
    """Each clause once: it counts for a paper and for what was issued with it."""
    found: dict[Relation, Edge] = {}
    for edge in edges:
        found.setdefault(edge.relation, edge)
    return tuple(found.values())


def _next_to(
    matter: DirectiveId, known: Known, visible: frozenset[DirectiveId], *, older: bool
) -> Iterator[tuple[Edge, DirectiveId]]:
    """Each standing edge with the matter that it leads to."""
    for start in known.matters.get(matter, ()):
        if start not in visible:
            continue
        for edge in known.validity.edges_from(start) if older else known.validity.edges_to(start):
            there = edge.target if older else edge.source
            if edge.stands and there in visible:
                other = known.matter_of(there)
                yield edge, other if other in visible else there


def chain_line(around: Surroundings) -> str:
    """``05-CT/TU (2006) ← được thay thế bởi 24-CT/TU (2012) ← …``, oldest first; empty where nothing was replaced."""
    older, newer = _ending(around.older), _ending(around.newer)
    if not older and not newer:
        return ""
    papers = [*(step.paper for step in reversed(older)), around.directive, *(step.paper for step in newer)]
    edges = [step.edge for step in (*reversed(older), *newer)]
    links = [f" ← {passive(edge.relation, _short(paper))}" for edge, paper in zip(edges, papers[1:], strict=True)]
    return _short(papers[0]) + "".join(links)


def _ending(steps: tuple[Step, ...]) -> list[Step]:
    """The first way along replacements, as far as it goes."""
    way: list[Step] = []
    for step in steps:
        if step.depth == len(way) and step.edge.relation.kind in ENDING:
            way.append(step)
        elif way and step.depth < len(way):
            break
    return way


def _short(directive: Directive) -> str:
    year = f" ({directive.date.year})" if directive.date else ""
    return f"{directive.number or name_of(directive)}{year}"


def step_lines(around: Surroundings) -> list[str]:
    """Both sides, each with its heading and a line for each paper."""
    lines = []
    for heading, steps, say in (
        (texts.CHAIN_OLDER, around.older, active_in),
        (texts.CHAIN_NEWER, around.newer, passive_in),
    ):
        said = [
            f"{'   ' * step.depth}• {say(step.edge.relation.kind, step.parts, dated_name(step.paper))}{_since(step)}"
            for step in steps[:_LINES]
        ]
        said += [texts.CHAIN_MORE.format(count=len(steps) - _LINES)] if len(steps) > _LINES else []
        lines += [heading, *said] if said else []
    return lines


def _since(step: Step) -> str:
    """The days of all its clauses, each once."""
    return "".join(dict.fromkeys(map(since_text, in_print(step.edges))))


def chain_block(around: Surroundings, known: Known) -> Chain | None:
    """The picture; None where there is nothing beside the directive. The nearest papers go first where it is full."""
    nearest = sorted(around.steps, key=lambda step: step.depth)
    ids = list(dict.fromkeys([around.directive.id, *(step.paper.id for step in nearest)]))[:_PICTURED]
    if len(ids) < 2:
        return None
    ids.sort(
        key=lambda each: (known.directives[each].date is not None, known.directives[each].date or known.today, each)
    )
    places = {each: place for place, each in enumerate(ids)}
    papers = tuple(_paper(known.directives[each], known, asked=each == around.directive.id) for each in ids)
    at = {
        each: places[matter] for matter in places for each in (*known.matters.get(known.matter_of(matter), ()), matter)
    }
    arrows = dict.fromkeys(
        ChainArrow(source=at[edge.source], target=at[edge.target], label=texts.RELATION_SHORT[edge.relation.kind])
        for edge in (step.edge for step in nearest)
        if edge.source in at and edge.target in at
    )
    title = texts.CHAIN_TITLE.format(directive=name_of(around.directive))
    return Chain(title=title, papers=papers, arrows=tuple(arrows))


def _paper(directive: Directive, known: Known, *, asked: bool) -> ChainPaper:
    lapsed = directive.id in known.validity.lapsed
    status = known.validity.standing_of(directive.id).status
    state = (
        texts.CHAIN_DRAFT if status is Status.DRAFT
        else texts.CHAIN_LAPSED if lapsed
        else texts.CHAIN_NOT_YET if status is Status.NOT_YET
        else ""
    )  # fmt: skip
    return ChainPaper(
        directive=directive.id,
        label=directive.number or name_of(directive),
        detail=" · ".join(filter(None, (year_of(directive.date), state))),
        asked=asked,
        lapsed=lapsed,
    )
