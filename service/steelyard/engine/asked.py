"""What was asked, as the document tells it and as the id of the answer is made of it."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from steelyard.engine.lazy import lazy
from steelyard.model import Answer, Importance, Need, Request, Requirement, digest_of_text, listed, text_of
from steelyard.recommendation import as_json

_MOST_ANSWERS = 4096
_LENGTH_OF_ID = 32


class Told(NamedTuple):
    """An answer to a need: the entry of the document, and that of the text from which the id is made."""

    entry: bytes
    text: str


class Asked:
    """What requests to one ruleset say. The same answer to a need is put into words once, and then kept."""

    def __init__(self, needs: Mapping[str, Need]) -> None:
        """Takes the needs of the ruleset."""
        self._needs = needs
        # By type as well: 1, 1.0 and True are equal, but are not written alike.
        self._told = lru_cache(maxsize=_MOST_ANSWERS, typed=True)(self._tell)

    @lazy
    def _names(self) -> Mapping[str, bytes]:
        return {need: as_json(need) for need in self._needs}

    def told(self, requirements: Mapping[str, Requirement]) -> Sequence[Told]:
        """The requirements, each by itself."""
        told = self._told
        return [told(need, each.value, each.importance) for need, each in requirements.items()]

    def unanswered(self, requirements: Mapping[str, Requirement]) -> bytes:
        """The needs without an answer as JSON, in the order of the ruleset."""
        return b"[%b]" % b",".join([name for need, name in self._names.items() if need not in requirements])

    def id(self, digest: str, request: Request, told: Sequence[Told] | None = None) -> str:
        """The id of the answer: from the digest of the ruleset, the day and what the request asks.

        It is that of `digest_of([digest, as_of, requirements, candidates])`.

        Args:
            digest: the digest of the ruleset.
            request: what is asked.
            told: its requirements, where they are told already.
        """
        said = listed([each.text for each in (self.told(request.requirements) if told is None else told)])
        parts = text_of(digest), text_of(request.as_of), said, text_of(request.candidates)
        return digest_of_text(listed(parts))[:_LENGTH_OF_ID]

    def _tell(self, need: str, value: Answer, importance: Importance) -> Told:
        requirement = Requirement(value, importance)
        entry = as_json({need: requirement.stated(self._needs[need])})[1:-1]
        return Told(entry, listed((text_of(need), text_of(requirement))))
