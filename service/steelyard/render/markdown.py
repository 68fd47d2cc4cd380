"""The recommendation as an architecture decision record in the MADR form, in Markdown."""

import math
from collections.abc import Iterable, Sequence

from steelyard.model import Ruleset, answer_labels
from steelyard.recommendation import (
    Outcome,
    Reason,
    Recommendation,
    Weighed,
    firmness,
    joined,
    percent,
    points,
    robustness_of,
)
from steelyard.render.comparison import contrast, differences
from steelyard.render.escaping import escaped
from steelyard.render.exclusion import causes
from steelyard.render.explanation import sections
from steelyard.render.page import page_as_markdown
from steelyard.render.record import context, head, listed, reproduction, written
from steelyard.render.references import References, sentence
from steelyard.render.wording import (
    known,
    quoted,
    sides,
    signed,
    unknown,
    vetoes,
    weighed_only,
)

_MOST_DRIVERS = 7
_MOST_NAMED = 3
_STRONGEST = 2


def to_markdown(recommendation: Recommendation, ruleset: Ruleset) -> str:
    """The recommendation as a decision record that is proposed.

    Texts of the ruleset and of the request are escaped; nothing in them is markup. Each paragraph is one line.

    Args:
        recommendation: the result.
        ruleset: the ruleset that gave it.
    """
    return Record(recommendation, ruleset).write()


class Record:
    """The parts of one record. The sources come last: only then is known which of them were named.

    A record that is a section of a larger one has headings one level lower, and links `within` that section.
    """

    def __init__(self, recommendation: Recommendation, ruleset: Ruleset, *, within: str | None = None) -> None:
        self._result = recommendation
        self._ruleset = ruleset
        self._sources = References(recommendation, ruleset, within)
        self._level = "##" if within is None else "###"

    def write(self) -> str:
        """All of it."""
        return written(
            [
                *head(self._title(), self._result.as_of),
                *context(self._ruleset.title, self._result, self._ruleset.needs),
                *self.decision(),
                "## More Information",
                *self.sources(),
                *self._reproduction(),
                self.definitions(),
            ]
        )

    def decision(self) -> Iterable[str]:
        """What drove the decision, what was considered, what came of it, and what follows."""
        yield f"{self._level} Decision Drivers"
        yield from self._drivers()
        yield f"{self._level} Considered Options"
        yield from self._options()
        yield f"{self._level} Decision Outcome"
        yield from self._outcome()
        yield from self._consequences()
        for section in sections(self._result, self._ruleset):
            yield f"{self._level}# {escaped(section.title)}"
            yield page_as_markdown(section.blocks).rstrip("\n")

    def sources(self) -> Iterable[str]:
        """The sources that the decision named."""
        yield "### Sources" if self._result.evidence else ""
        yield listed(self._sources.listed())
        yield self._sources.not_listed()

    def definitions(self) -> str:
        """Where the links to the sources lead."""
        return "\n".join(self._sources.definitions())

    def _title(self) -> str:
        match self._result.outcome:
            case Outcome.RECOMMENDED:
                return f"Use {escaped(self._result.ranking[0].name)}"
            case Outcome.TIED:
                names = [ranked.name for ranked in self._result.ranking if ranked.rank == 1]
                left = len(names) - _MOST_NAMED
                named = names if left <= 1 else [*names[:_MOST_NAMED], f"{left} more"]
                return f"{escaped(joined(named))} fit equally well"
            case Outcome.UNDECIDED:
                return "No decision yet"
        return "No option is left"

    def _drivers(self) -> Iterable[str]:
        fired = sorted(self._result.fired, key=lambda each: -each.weight)
        if not fired:
            yield "None: no rule speaks to what was said."
            return
        total = math.fsum(each.weight for each in fired)
        yield "The rules that apply, and the share of the weight that each carries:"
        items = []
        for each in fired[:_MOST_DRIVERS]:
            rule = self._ruleset.rules[each.rule]
            why = f"{escaped(self._ruleset.criteria[rule.criterion])}; {each.importance.value}"
            items.append(f"{escaped(rule.title)} ({why}): {percent(each.weight / total)}")
        left = len(fired) - len(items)
        if left:
            items.append(f"and {left} more, none of them heavier")
        yield listed(items)

    def _options(self) -> Iterable[str]:
        only = weighed_only(self._result, self._ruleset)
        if only:
            yield f"Only {len(only)} of the ruleset's {len(self._ruleset.candidates)} candidates were considered."
        if self._result.outcome is Outcome.UNDECIDED:
            yield listed(f"**{escaped(each.name)}**" for each in self._result.ranking)
        elif self._result.ranking:
            rows = ["| Rank | Option | Score | Of what was asked |", "| ---: | --- | ---: | --- |"]
            rows += [
                f"| {each.rank} | {escaped(each.name)} | {points(each.score)} | {known(each.rated)} |"
                for each in self._result.ranking
            ]
            yield "\n".join(rows)
            yield "A score is 50 plus the points of every rule that applies, and lies between 0 and 100."
        if self._result.excluded:
            yield "Excluded:"
            yield listed(self._exclusion(each) for each in self._result.excluded)

    def _exclusion(self, excluded: Weighed) -> str:
        told = [
            sentence(escaped(reason.because or reason.title), self._sources.beside(reason))
            for reason in vetoes(excluded)
        ]
        if excluded.rated:
            told.append(f"Its score would be {points(excluded.score)}.")
            told += self._knowledge(excluded)
        return f"**{escaped(excluded.name)}**: {' '.join(told)}"

    def _outcome(self) -> Iterable[str]:
        summary = escaped(self._result.headline)
        match self._result.outcome:
            case Outcome.RECOMMENDED:
                winner, *others = self._result.ranking
                yield f"Chosen option: **{escaped(winner.name)}**. {summary}"
                yield " ".join([self._strongest(winner), *self._knowledge(winner), *self._staleness()])
                yield f"The others beside {escaped(winner.name)}:" if others else ""
                yield listed(self._beside(other, winner) for other in others)
            case Outcome.TIED:
                first, *others = [each for each in self._result.ranking if each.rank == 1]
                yield f"No option is chosen. {summary}"
                yield f"Beside {escaped(first.name)}:"
                yield listed(self._beside(other, first) for other in others)
                yield " ".join(self._staleness())
            case Outcome.UNDECIDED:
                yield f"No option is chosen. {summary}"
                yield "Answering what was left unanswered is the next step." if self._result.unanswered else ""
            case Outcome.INFEASIBLE:
                yield f"No option is chosen. {summary}"
                yield listed(escaped(cause) for cause in causes(self._result, self._ruleset, self._named))

    def _beside(self, other: Weighed, winner: Weighed) -> str:
        found = differences(other, winner, self._result, self._ruleset)
        told = f"**{escaped(other.name)}** {escaped(contrast(found))}."
        return (
            f"{told} {firmness(robustness_of([each.points for each in found]))}" if other.score < winner.score else told
        )

    def _strongest(self, winner: Weighed) -> str:
        for_it, against, _ = sides(winner.reasons)
        told = f"{_strongest('for', for_it)}; {_strongest('against', against)}."
        return escaped(told[0].upper() + told[1:])

    def _knowledge(self, weighed: Weighed) -> Iterable[str]:
        if weighed.rated < 1:
            share = percent(weighed.rated) if weighed.rated else "nothing"
            yield f"Of what was asked, {share} is known of {escaped(weighed.name)}."

    def _staleness(self) -> Iterable[str]:
        stale = [cited.stale for cited in self._result.evidence.values()]
        if not any(stale):
            return
        count = f"All {len(stale)}" if all(stale) else f"{sum(stale)} of the {len(stale)}"
        which = f"{count} sources behind the ratings {'were' if sum(stale) > 1 else 'was'}"
        if len(stale) == 1:
            which = "The only source behind the ratings was"
        days = self._ruleset.stale_after_days
        yield f"{which} stale on {self._result.as_of}: more than {days} days old."

    def _consequences(self) -> Iterable[str]:
        options = [each for each in self._result.ranking if each.rank == 1]
        if self._result.outcome is Outcome.RECOMMENDED:
            yield f"{self._level}# Consequences"
            yield listed(self._consequences_of(options[0]))
        elif self._result.outcome is Outcome.TIED:
            for option in options:
                yield f"{self._level}# Consequences of choosing {escaped(option.name)}"
                yield listed(self._consequences_of(option))

    def _consequences_of(self, option: Weighed) -> Sequence[str]:
        for_it, against, without_points = sides(option.reasons)
        items = []
        for word, reasons in (("Good", for_it), ("Bad", against), ("Neutral", without_points)):
            for reason in reasons:
                because = escaped(reason.because or "No reason is given.")
                told = sentence(because, self._sources.beside(reason))
                items.append(f"{word} ({signed(reason.points)}): **{escaped(reason.title)}**. {told}")
        missing = unknown(option, self._result, self._ruleset)
        if missing:
            items.append(f"Unknown: the ruleset does not rate it on {escaped(quoted(missing))}.")
        return items

    def _reproduction(self) -> Iterable[str]:
        only = weighed_only(self._result, self._ruleset)
        return reproduction("ruleset", self._result.ruleset, self._result, only)

    def _named(self, need: str) -> str:
        asked = self._ruleset.needs[need]
        return f"“{asked.question} {answer_labels(asked, self._result.requirements[need]['value'])}”"


def _strongest(side: str, reasons: Sequence[Reason]) -> str:
    """The strongest reasons for or against, in half a sentence."""
    if not reasons:
        return f"no rule speaks {side} it"
    named = [f"“{reason.title}” ({signed(reason.points)})" for reason in reasons[:_STRONGEST]]
    nouns = f"reason {side} it is" if len(named) == 1 else f"reasons {side} it are"
    return f"the strongest {nouns} {joined(named)}"
