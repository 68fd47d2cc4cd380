"""What was worked out and is kept, so that the same question is not answered twice."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

_Answer = TypeVar("_Answer")

_ASKED_PER_KEPT = 8


class Kept(Generic[_Answer]):
    """The answers that were last asked for twice, by what was asked. Safe to share between threads.

    It is for answers that are pure functions of what was asked, which never go stale. What is asked once leaves no more
    behind than that it was: most questions are never asked again, and to keep the answers to them would take longer
    than it saves.
    """

    def __init__(self, most: int = 1024, most_bytes: int = 32 * 1024 * 1024) -> None:
        """Keeps no more than so many answers, of no more than so many bytes together."""
        self._most = most
        self._most_bytes = most_bytes
        self._bytes = 0
        self._answers: OrderedDict[Hashable, tuple[_Answer, int]] = OrderedDict()
        self._asked: OrderedDict[int, None] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._answers)

    def get(self, question: Hashable) -> _Answer | None:
        """The answer to a question, if it is kept."""
        with self._lock:
            kept = self._answers.get(question)
            if kept is None:
                return None
            self._answers.move_to_end(question)
        return kept[0]

    def keep(self, question: Hashable, answer: _Answer, size: int) -> None:
        """Keeps an answer, if it was asked for before; those not asked for the longest time make room for it.

        Args:
            question: what was asked.
            answer: the answer.
            size: how many bytes are kept with it, more or less.
        """
        with self._lock:
            if not self._was_asked(hash(question)):
                return
            _, before = self._answers.pop(question, (None, 0))
            self._answers[question] = answer, size
            self._bytes += size - before
            while len(self._answers) > self._most or self._bytes > self._most_bytes:
                _, (_, dropped) = self._answers.popitem(last=False)
                self._bytes -= dropped

    def _was_asked(self, question: int) -> bool:
        """Whether it was asked before, of which account is taken for a few times as many as are kept."""
        if question in self._asked:
            return True
        self._asked[question] = None
        if len(self._asked) > _ASKED_PER_KEPT * self._most:
            self._asked.popitem(last=False)
        return False
