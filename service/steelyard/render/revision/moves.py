"""The rules through which points moved between two answers."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from steelyard.recommendation import Reason, counted, points
from steelyard.render.page import Block, Heading, Item, Items, Line, Piece, Source, Sources, Strong
from steelyard.render.wording import NOT_KNOWN, signed
from steelyard.revision import CandidateMove, PointMove, Revision, RuleMove, RuleStatus

_MOST_RULES = 12


def moves(revision: Revision, *, everything: bool) -> Iterator[Block]:
    """The rules through which points moved; last, what moved since the others weigh another share of the whole.

    Args:
        revision: the two answers.
        everything: whether all candidates that were weighed by both sides, and all rules, are told, or only candidates
            that both sides rank, and the rules with the largest moves.
    """
    names = {move.candidate: move.name for move in revision.candidates if everything or _is_ranked_twice(move)}
    by_rule = [(rule, _of(names, rule.own_moves)) for rule in revision.rules]
    told = [(rule, moved) for rule, moved in by_rule if moved]
    shown = told if everything else told[:_MOST_RULES]
    items = [Item(_rule(rule), below=[_points(each, rule, names, revision) for each in moved]) for rule, moved in shown]
    if rest := told[len(shown) :]:
        line = f"Through {counted(len(rest), 'more rule')}"
        items.append(Item(line, below=_sums([each for _, moved in rest for each in moved], names)))
    shares = [each for rule in revision.rules for each in _of(names, rule.points) if rule.is_share_only(each)]
    if shares:
        before, after = (points(float(total)) for total in revision.totals)
        line = f"Since all rules that apply weigh {after} together instead of {before}"
        items.append(Item(line, below=_sums(shares, names)))
    whose = "" if len(names) == len(revision.candidates) else " (of those that both sides rank)"
    yield Heading(f"Points moved{whose}" if items else f"No point moved{whose}")
    if items:
        yield Items(items)
    reasons = (reason for rule, moved in shown for each in moved if (reason := _told(each, rule)))
    if cited := {key for reason in reasons for key in reason.evidence}:
        yield Heading("Sources")
        yield Sources({key: source for key, source in revision.after.evidence.items() if key in cited})


def _is_ranked_twice(move: CandidateMove) -> bool:
    return all(place is not None and place.rank is not None for place in (move.before, move.after))


def _of(names: Mapping[str, str], found: Iterable[PointMove]) -> list[PointMove]:
    return [each for each in found if each.candidate in names]


def _rule(rule: RuleMove) -> Line:
    before, after = f"{rule.weight_before:g}", f"{rule.weight_after:g}"
    told = {
        RuleStatus.NEW: f", a new rule of weight {after}",
        RuleStatus.GONE: f", a rule of weight {before} that is gone",
        RuleStatus.FIRES: f", which applies only now, with weight {after}",
        RuleStatus.SILENT: f", which applies no longer; its weight was {before}",
        RuleStatus.KEPT: f", weight {before} → {after}" if rule.is_changed else "",
    }[rule.status]
    return [Strong(rule.title), told]


def _points(move: PointMove, rule: RuleMove, names: Mapping[str, str], revision: Revision) -> Item:
    line: list[Piece] = [f"{names[move.candidate]}: {_ratings(move, rule)}"]
    reason = _told(move, rule)
    if reason is not None:
        line.append(f". {reason.because}" if reason.because else "")
        line += (piece for key in reason.evidence for piece in (" ", Source(key, revision.after.evidence[key])))
    return Item(line, mark=signed(float(move.change)))


def _ratings(move: PointMove, rule: RuleMove) -> str:
    before, after = ((reason and reason.rating) or NOT_KNOWN for reason in (move.before, move.after))
    if rule.status in (RuleStatus.NEW, RuleStatus.FIRES):
        return after
    if rule.status in (RuleStatus.GONE, RuleStatus.SILENT):
        return f"was {before}"
    return f"{before} → {after}" if move.is_rerated else f"still {after}"


def _told(move: PointMove, rule: RuleMove) -> Reason | None:
    """The reason that is told with a move: that of another word than before."""
    return move.after if rule.status is RuleStatus.KEPT and move.is_rerated else None


def _sums(moves: Iterable[PointMove], names: Mapping[str, str]) -> list[Item]:
    """What each candidate gained or lost in all, the largest first."""
    sums: dict[str, Fraction] = {}
    for move in moves:
        sums[move.candidate] = sums.get(move.candidate, Fraction(0)) + move.change
    by_size = sorted(sums, key=lambda candidate: -abs(sums[candidate]))
    return [Item(names[each], mark=signed(float(sums[each]))) for each in by_size]
