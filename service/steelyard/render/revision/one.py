"""Two answers to one question: who is recommended, how scores and ranks changed, and through which rules."""

from collections.abc import Iterable, Iterator, Sequence

from steelyard.recommendation import points
from steelyard.render.page import Block, Column, Group, Item, Items, Line, Row, Strong, Table, Title
from steelyard.render.revision.moves import moves
from steelyard.render.revision.words import Names, side_names, verdict
from steelyard.render.wording import signed
from steelyard.revision import CandidateMove, LeftOut, Place, Revision, Which

_NOBODY = "\N{EN DASH}"


def revision_page(revision: Revision, left_out: Sequence[LeftOut] = (), *, everything: bool = False) -> Iterator[Block]:
    """The view.

    Args:
        revision: what is shown.
        left_out: what one side was not asked about.
        everything: whether all rules and candidates are told through and by which points moved.
    """
    before, after = revision.before, revision.after
    names = side_names(before.ruleset, after.ruleset, (before.as_of, after.as_of))
    was, now = verdict(before), verdict(after)
    yield Title(f"The answer differs: {was} → {now}" if revision.differs else f"The answer is the same: {was} → {now}")
    yield Items([Item([Strong(name), f": {each.headline}"]) for name, each in zip(names, (before, after), strict=True)])
    if left_out:
        yield Items([Item(line) for line in not_asked(left_out, names)])
    yield _scores(revision)
    if excluded := list(_exclusions(revision, names)):
        yield Items([Item(line) for line in excluded])
    yield from moves(revision, everything=everything)


def not_asked(left_out: Iterable[LeftOut], names: Names) -> Iterator[str]:
    """Sentences that tell what one side was not asked about."""
    for which, name in zip(Which, names, strict=True):
        unknown = [each.name for each in left_out if each.side is which]
        if unknown:
            yield f"Not asked of {name}, which does not know it: {', '.join(unknown)}"


def _scores(revision: Revision) -> Table:
    columns = [Column("Candidate"), Column("Rank"), Column("Score"), Column("Change", right=True)]
    return Table(columns, [Group("", [_score_row(move) for move in revision.candidates])])


def _score_row(move: CandidateMove) -> Row:
    change = _NOBODY if move.change is None else signed(float(move.change))
    rank, score = (_step(told(move.before), told(move.after)) for told in (_rank, _score))
    return Row([move.name, rank, score, change])


def _step(before: str, after: str) -> str:
    return before if before == after else f"{before} → {after}"


def _rank(place: Place | None) -> str:
    if place is None:
        return _NOBODY
    return "excluded" if place.rank is None else str(place.rank)


def _score(place: Place | None) -> str:
    return _NOBODY if place is None else points(float(place.score))


def _exclusions(revision: Revision, names: Names) -> Iterator[Line]:
    """Why candidates are excluded by one side only."""
    for move in revision.candidates:
        for place, other, name in ((move.before, move.after, names[0]), (move.after, move.before, names[1])):
            if place is not None and place.vetoes and not (other is not None and other.vetoes):
                why = " ".join(reason.because or reason.title for reason in place.vetoes)
                yield [Strong(name), f" excludes {move.name}: {why}"]
