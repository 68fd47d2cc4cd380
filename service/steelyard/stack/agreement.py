"""Whether a need that two rulesets share means the same in each, so that one answer serves both."""

from collections.abc import Iterator, Mapping

from steelyard.diagnostics import Code, Diagnostic, fault, listing, quote, quote_path
from steelyard.library import Checked
from steelyard.model import Need


def disagreements(rulesets: Mapping[str, Checked]) -> Iterator[Diagnostic]:
    """The faults of needs that differ from the first of the same id.

    Args:
        rulesets: by part, in their order, those that are sound.
    """
    first: dict[str, tuple[Checked, Need]] = {}
    compared: list[Checked] = []
    for part, checked in rulesets.items():
        if checked.ruleset is None or any(checked is each for each in compared):
            continue
        compared.append(checked)
        for id_, need in checked.ruleset.needs.items():
            other, meant = first.setdefault(id_, (checked, need))
            found = _differences(other.id, meant, checked.id, need)
            if found:
                message = f"the need {quote(id_)} differs between {quote(other.id)} and {quote(checked.id)}: "
                places = [place for place in (_place(other, id_), _place(checked, id_)) if place]
                where = f": compare {' with '.join(places)}" if places else ""
                help_ = f"one answer serves all parts{where}"
                yield fault(Code.STACK_NEEDS_DIFFER, message + "; ".join(found), ("parts", part, "ruleset"), help=help_)


def _place(checked: Checked, need: str) -> str | None:
    span = checked.document.span_of(("needs", need), at_key=True)
    return quote_path(f"{span.source.name}:{span.line + 1}") if span else None


def _differences(first: str, meant: Need, second: str, need: Need) -> list[str]:
    if need == meant:
        return []
    if need.type is not meant.type:
        return [f"type ({meant.type} and {need.type})"]
    found = ["question"] if need.question != meant.question else []
    options = _options(first, meant, second, need)
    found += [f"options ({options})"] if options else []
    for bound in ("minimum", "maximum", "unit"):
        one, other = getattr(meant, bound), getattr(need, bound)
        if one != other:
            found.append(f"{bound} ({'none' if one is None else one} and {'none' if other is None else other})")
    return found


def _options(first: str, meant: Need, second: str, need: Need) -> str:
    """In which way the options differ; empty if they do not."""
    only_first = [option for option in meant.option_ids if option not in need.positions]
    only_second = [option for option in need.option_ids if option not in meant.positions]
    labels = dict(meant.options)
    relabelled = [option for option, label in need.options if labels.get(option, label) != label]
    only = ((first, only_first), (second, only_second))
    told = [f"only {quote(name)} has {listing(options, word='and')}" for name, options in only if options]
    if relabelled:
        told.append(f"another label for {listing(relabelled, word='and')}")
    if not only_first and not only_second and meant.option_ids != need.option_ids:
        told.append("another order")
    return ", ".join(told)
