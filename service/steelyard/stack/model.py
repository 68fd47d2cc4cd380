"""A stack as frozen data: rulesets that one request asks in turn, and which answer feeds which need."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from steelyard.model import Importance, Need, Ruleset, digest_of
from steelyard.requirements import Askable


@dataclass(frozen=True, slots=True)
class Feed:
    """The earlier part whose answer becomes the answer to a need, and how much it then matters."""

    part: str
    importance: Importance = Importance.MUST


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One question of a stack: the ruleset that decides it, and by need, in the ruleset's order, what feeds it."""

    id: str
    ruleset: Ruleset
    takes: Mapping[str, Feed] = field(hash=False)


@dataclass(frozen=True, kw_only=True)  # without slots, which leave no room for what is worked out once
class Stack:
    """Rulesets joined. The parts are answered in their order, and each takes answers of earlier ones only."""

    id: str
    title: str
    version: str
    parts: Mapping[str, Part] = field(hash=False)

    @cached_property
    def needs(self) -> Mapping[str, Need]:
        """The needs of all parts by id, in the order in which they are first met; shared ones mean the same in each."""
        needs: dict[str, Need] = {}
        for part in self.parts.values():
            for id_, need in part.ruleset.needs.items():
                needs.setdefault(id_, need)
        return needs

    @cached_property
    def candidates(self) -> Collection[str]:
        """The ids of the candidates of all parts, in the order in which they are first met."""
        return tuple(dict.fromkeys(each for part in self.parts.values() for each in part.ruleset.candidates))

    @property
    def askable(self) -> Askable:
        """What there is to know of it before it is asked."""
        rivals = [part.ruleset.candidates for part in self.parts.values()]
        return Askable(kind="stack", id=self.id, title=self.title, needs=self.needs, rivals=rivals)

    @cached_property
    def digest(self) -> str:
        """The SHA-256, in hexadecimal, of all that can change an answer, the content of the rulesets included."""
        parts = [[part.id, part.ruleset.digest, part.takes] for part in self.parts.values()]
        return digest_of([self.id, self.title, self.version, parts])
