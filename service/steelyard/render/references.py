"""The sources of a Markdown record: named beside each reason, listed with their dates, linked where they can be."""

from collections.abc import Iterable

from steelyard.model import Ruleset
from steelyard.recommendation import Reason, Recommendation
from steelyard.render.escaping import address, escaped, label
from steelyard.render.wording import age, sources_not_shown


class References:
    """The sources of one record. It remembers which of them the record has named.

    In a page with several records, `within` sets the labels of this one's links apart.
    """

    def __init__(self, recommendation: Recommendation, ruleset: Ruleset, within: str | None = None) -> None:
        self._result = recommendation
        self._ruleset = ruleset
        self._within = within
        self._named: set[str] = set()

    def beside(self, reason: Reason) -> str:
        """The sources of a reason in parentheses, as links where they have an address, with their dates."""
        marks = []
        for key in reason.evidence:
            cited = self._result.evidence[key]
            self._named.add(key)
            name = self._link(key) if self._target(key) else escaped(key)
            marks.append(f"{name}, {cited.published}{', stale' if cited.stale else ''}")
        return f" ({'; '.join(marks)})" if marks else ""

    def listed(self) -> list[str]:
        """A line for each source that was named."""
        lines = []
        for key, cited in self._result.evidence.items():
            if key in self._named:
                title, place = escaped(cited.title), cited.source
                if self._target(key):
                    title = f"[{title}][{self._label(key)}]"
                else:
                    place = place or cited.url
                where = sentence(f" {escaped(place)}") if place else ""
                lines.append(f"{escaped(key)}: {title}, {age(cited, self._result, self._ruleset)}.{where}")
        return lines

    def not_listed(self) -> str:
        """A sentence that counts the other sources of the result; empty if there are none."""
        return sources_not_shown(self._result, self._named) or ""

    def definitions(self) -> Iterable[str]:
        """Where the links lead, a line for each."""
        for key in self._result.evidence:
            target = self._target(key)
            if key in self._named and target:
                yield f"[{self._label(key)}]: {target}"

    def _link(self, key: str) -> str:
        return f"[{key}]" if self._within is None else f"[{key}][{self._label(key)}]"

    def _label(self, key: str) -> str:
        return key if self._within is None else f"{self._within}/{key}"

    def _target(self, key: str) -> str | None:
        return address(self._result.evidence[key].url) if label(key) else None


def sentence(shown: str, sources: str = "") -> str:
    """Markdown with a full stop at its end, unless it ends like a sentence; sources stand before the stop."""
    if shown.endswith(("!", "?", "…", "..")):
        return f"{shown}{sources}"
    return f"{shown.removesuffix('.')}{sources}."
