"""The public stack: load one, ask it, read its answer."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from os import PathLike
from typing import TYPE_CHECKING, Any

from steelyard.api.answer import Answer
from steelyard.api.ruleset import Ruleset, request_of
from steelyard.api.written import WrittenStackAnswer
from steelyard.library import Checked, find_stack
from steelyard.model import Need, Request
from steelyard.requirements import RequestReader, today
from steelyard.stack import Part, Rulesets, StackEngine, StackRecommendation, check_stack, check_stack_data
from steelyard.stack import Stack as StackModel

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult


@dataclass(frozen=True, slots=True, kw_only=True)
class StackAnswer(StackRecommendation):
    """The answer of a stack. `parts` holds the `Answer` of each part, by the part's id.

    >>> import steelyard
    >>> answer = steelyard.load_stack("deep-learning").recommend({"targets": ["android"]}, as_of="2026-11-25")
    >>> {part: each.recommended.candidate for part, each in answer.parts.items()}
    {'framework': 'tensorflow', 'runtime': 'litert', 'visualisation': 'tensorboard'}
    >>> answer.to_markdown().splitlines()[0]
    '# Use TensorFlow, LiteRT (TensorFlow Lite until 2024) and TensorBoard'
    """

    parts: Mapping[str, Answer] = field(hash=False)
    asked: StackModel = field(repr=False, compare=False)

    @classmethod
    def of(cls, recommendation: StackRecommendation, asked: StackModel) -> "StackAnswer":
        """The recommendation that the stack gave, as an answer."""
        content = {item.name: getattr(recommendation, item.name) for item in fields(recommendation)}
        answers = {part: Answer.of(each, asked.parts[part].ruleset) for part, each in recommendation.parts.items()}
        return cls(**{**content, "parts": answers}, asked=asked)

    def to_text(self, *, width: int = 80, color: bool = False) -> str:
        """The answer for a terminal of the given width, with or without colours."""
        # Imported here, as below: of the two, a program mostly wants one, or neither.
        from steelyard.render.stack_text import stack_to_text  # noqa: PLC0415

        return stack_to_text(self, self.asked, width=width, color=color)

    def to_markdown(self) -> str:
        """The answer as one architecture decision record in Markdown, with a section for each part."""
        from steelyard.render.stack_markdown import stack_to_markdown  # noqa: PLC0415

        return stack_to_markdown(self, self.asked)

    def _repr_html_(self) -> str:
        """The answer of each part in a notebook."""
        return "\n".join(part._repr_html_() for part in self.parts.values())

    def __rich_console__(self, console: "Console", options: "ConsoleOptions") -> "RenderResult":
        """The answer in a console of the library rich."""
        from steelyard.api.showing import for_rich  # noqa: PLC0415

        return for_rich(self.to_text, console, options)


class Stack:
    """Rulesets joined, ready to be asked with one request. Immutable, and safe to share between threads.

    Load one with :func:`steelyard.load_stack`, or make one with :meth:`from_dict`.
    """

    def __init__(self, model: StackModel) -> None:
        """Wraps a checked model."""
        self._model = model
        self._engine = StackEngine(model)
        rivals = [part.ruleset.candidates for part in model.parts.values()]
        self._reader = RequestReader(model.needs, model.candidates, rivals=rivals)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], rulesets: Iterable[Ruleset] = ()) -> "Stack":
        """A stack from plain data: the sections of the stack format as dicts and texts.

        >>> import steelyard
        >>> stack = steelyard.Stack.from_dict({
        ...     "stack": {"id": "both", "title": "What to train with, and what to run it on", "version": "1"},
        ...     "parts": {
        ...         "framework": {"ruleset": "deep-learning-frameworks"},
        ...         "runtime": {"ruleset": "deployment-runtimes", "takes": {"framework": "framework"}},
        ...     },
        ... })
        >>> list(stack.parts)
        ['framework', 'runtime']

        Args:
            data: the sections.
            rulesets: what it may join by id, besides those that ship; a path is taken from the folder at hand.

        Raises:
            RulesetError: the data is faulty; every fault has a JSON pointer.
        """
        at_hand = Rulesets(Checked(each.model, (), each.id) for each in rulesets)
        return cls(check_stack_data(data, at_hand).required())

    @property
    def model(self) -> StackModel:
        """The stack as frozen data: its parts, and their rulesets."""
        return self._model

    @property
    def id(self) -> str:
        """The stack's id."""
        return self._model.id

    @property
    def title(self) -> str:
        """The stack's title."""
        return self._model.title

    @property
    def version(self) -> str:
        """The stack's version, a text."""
        return self._model.version

    @property
    def digest(self) -> str:
        """The SHA-256 of the content of the stack and of its rulesets, in hexadecimal."""
        return self._engine.identity.digest

    @property
    def parts(self) -> Mapping[str, Part]:
        """The parts by id, in the order in which they are answered."""
        return self._model.parts

    @property
    def needs(self) -> Mapping[str, Need]:
        """The needs of all parts by id; those that parts share stand where they are first met."""
        return self._model.needs

    def recommend(
        self,
        requirements: Mapping[str, Any],
        *,
        as_of: str | date | None = None,
        candidates: Collection[str] | None = None,
        explain: Collection[str] = (),
        compare: tuple[str, str] | None = None,
    ) -> StackAnswer:
        """Answers every part for a project's requirements, each with what earlier parts recommend.

        >>> import steelyard
        >>> stack = steelyard.load_stack("deep-learning")
        >>> answer = stack.recommend({"framework": "jax"}, as_of="2026-11-25")
        >>> answer.taken["runtime"]["framework"].value
        'jax'

        Args:
            requirements: answers by need, as for a ruleset. A need that a part takes from another can be answered
                as well, and then that answer is used.
            as_of: the day whose knowledge is to be used, a date or ``YYYY-MM-DD``; today in UTC if None.
            candidates: ids of candidates; a part that has any of them weighs only those. All if None.
            explain: as for a ruleset, of each part.
            compare: as for a ruleset, of the part whose candidates they are.

        Raises:
            RequestError: a need, a value, a day or a candidate is not as the rulesets take it; every fault is told.
        """
        return self.answer(request_of(requirements, as_of, candidates, explain, compare))

    def read(self, request: Mapping[str, Any]) -> Request:
        """A whole request as it is posted, validated and as it is understood, without an answer to it.

        >>> import steelyard
        >>> read = steelyard.load_stack("deep-learning").read({"requirements": {"stage": "production"}})
        >>> list(read.requirements)
        ['stage']

        Raises:
            RequestError: as for `answer`.
        """
        return self._reader.read(request, today())

    def answer(self, request: Mapping[str, Any]) -> StackAnswer:
        """Answers a whole request as it is posted.

        ``{"as_of"?, "requirements", "candidates"?, "explain"?, "compare"?}``

        >>> import steelyard
        >>> stack = steelyard.load_stack("deep-learning")
        >>> list(stack.answer({"requirements": {}, "as_of": "2026-11-25"}).parts)
        ['framework', 'runtime', 'visualisation']

        Raises:
            RequestError: the request is faulty; every fault is told with a JSON pointer.
        """
        read = self.read(request)
        return StackAnswer.of(self._engine.recommend(read), self._model)

    def write(self, request: Mapping[str, Any]) -> WrittenStackAnswer:
        """Answers a whole request as it is posted with the JSON of `answer(request).to_json()`.

        >>> import steelyard
        >>> written = steelyard.load_stack("deep-learning").write({"requirements": {"framework": "keras"}})
        >>> written.json.startswith(b'{"id":')
        True

        Args:
            request: as for `answer`.

        Raises:
            RequestError: as for `answer`.
        """
        read = self.read(request)
        answer = self._engine.recommend(read)
        return WrittenStackAnswer(
            id=answer.id,
            outcomes={part: each.outcome for part, each in answer.parts.items()},
            recommended={
                part: each.recommended.candidate if each.recommended is not None else None
                for part, each in answer.parts.items()
            },
            request=read,
            json=answer.to_json().encode(),
        )

    def __eq__(self, other: object) -> bool:
        """Whether the other knows the same, by the digest."""
        return self.digest == other.digest if isinstance(other, Stack) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.digest)

    def __reduce__(self) -> tuple[Any, ...]:
        # What stands ready to answer is made anew from the model, in another process as in this one.
        return type(self), (self._model,)

    def __repr__(self) -> str:
        return f"<Stack {self.id} version {self.version}, digest {self.digest[:12]}>"


def load_stack(name: str | PathLike[str]) -> Stack:
    """Loads a stack.

    >>> import steelyard
    >>> steelyard.load_stack("deep-learning").title
    'A deep-learning framework, the runtime that serves it and the tool that shows its training'

    Args:
        name: the id of a stack that ships, or the path of its YAML file. Where both exist, the id wins; write
            ``./name`` to mean the path. The rulesets that it joins by id are those beside the file (in its folder or
            the one above), or else those that ship.

    Raises:
        RulesetError: there is no such stack, or it or one of its rulesets has errors; every fault is told.
    """
    return Stack(check_stack(find_stack(name), Rulesets()).required())
