"""Written answers that are kept, so that the same question is not answered twice."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock

from steelyard.api.written import WrittenAnswer
from steelyard.model import Request

_ASKED_PER_KEPT = 8


class KeptAnswers:
    """The answers that were last asked for twice, by what was asked. Safe to share between threads.

    An answer is a pure function of the ruleset and the request, so that what is kept never goes stale. What is asked
    once leaves no more behind than that it was: most questions are never asked again, and to keep the answers to them
    would take longer than it saves.
    """

    def __init__(self, most: int = 1024, most_bytes: int = 32 * 1024 * 1024) -> None:
        """Keeps no more than so many answers, whose JSON is no more than so many bytes together."""
        self._most = most
        self._most_bytes = most_bytes
        self._bytes = 0
        self._answers: OrderedDict[Hashable, WrittenAnswer] = OrderedDict()
        self._asked: OrderedDict[int, None] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._answers)

    def get(self, request: Request) -> WrittenAnswer | None:
        """The answer to a request, if it is kept."""
        key = _key(request)
        with self._lock:
            answer = self._answers.get(key)
            if answer is not None:
                self._answers.move_to_end(key)
        return answer

    def keep(self, answer: WrittenAnswer) -> None:
        """Keeps an answer that was asked for before; those not asked for the longest time make room for it."""
        key = _key(answer.request)
        with self._lock:
            if not self._was_asked(hash(key)):
                return
            before = self._answers.pop(key, None)
            self._answers[key] = answer
            self._bytes += len(answer.json) - (len(before.json) if before is not None else 0)
            while len(self._answers) > self._most or self._bytes > self._most_bytes:
                _, dropped = self._answers.popitem(last=False)
                self._bytes -= len(dropped.json)

    def _was_asked(self, question: int) -> bool:
        """Whether it was asked before, of which account is taken for a few times as many as are kept."""
        if question in self._asked:
            return True
        self._asked[question] = None
        if len(self._asked) > _ASKED_PER_KEPT * self._most:
            self._asked.popitem(last=False)
        return False


def _key(request: Request) -> Hashable:
    """What was asked, in the order of the ruleset, however it was said."""
    requirements = tuple(request.requirements.items())
    return request.as_of, requirements, request.candidates, request.explain, request.compare
