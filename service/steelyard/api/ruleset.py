"""The public ruleset: load one, ask it."""

from collections.abc import Collection, Hashable, Mapping
from datetime import date
from os import PathLike
from typing import TYPE_CHECKING, Any

from steelyard.api.answer import Answer
from steelyard.api.decision import Decision
from steelyard.api.kept import Kept
from steelyard.api.written import WrittenAnswer
from steelyard.engine import Engine
from steelyard.library import DEFAULT_RULESET, check_data, check_text, find, load_path
from steelyard.model import Candidate, Evidence, Need, Request, Rule
from steelyard.model import Ruleset as RulesetModel
from steelyard.requirements import RequestReader, today

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from steelyard.batch import Batch


class Ruleset:
    """One question to decide, ready to be asked. Immutable, and safe to share between threads.

    Load one with :func:`steelyard.load`, or make one with :meth:`from_dict` or :meth:`from_yaml`.
    """

    def __init__(self, model: RulesetModel) -> None:
        """Wraps a checked model."""
        self._model = model
        self._engine = Engine(model)
        self._reader = RequestReader.of(model)
        self._kept: Kept[WrittenAnswer] = Kept()

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Ruleset":
        """A ruleset from plain data: the sections of the ruleset format as dicts, lists, texts and numbers.

        >>> import steelyard
        >>> tea = steelyard.Ruleset.from_dict({
        ...     "ruleset": {"id": "tea", "title": "Which tea?", "version": "1"},
        ...     "needs": {"late": {"question": "Is it late?", "type": "flag"}},
        ...     "candidates": {"black": {"name": "Black tea"}, "mint": {"name": "Mint tea"}},
        ...     "criteria": {"sleep": "Sleep"},
        ...     "evidence": {"trial": {"title": "Our own trial", "source": "A week", "published": "2026-01-01"}},
        ...     "rules": {
        ...         "calm": {
        ...             "criterion": "sleep",
        ...             "title": "Lets one sleep",
        ...             "when": {"late": True},
        ...             "ratings": {"mint": {"rating": "excellent", "because": "No caffeine.", "evidence": ["trial"]}},
        ...         }
        ...     },
        ... })
        >>> tea.recommend({"late": True}, as_of="2026-11-25").recommended.name
        'Mint tea'

        Raises:
            RulesetError: the data is faulty; every fault has a JSON pointer.
        """
        return cls(check_data(data).required())

    @classmethod
    def from_yaml(cls, text: str, name: str = "ruleset") -> "Ruleset":
        """A ruleset from one YAML text; `name` is what messages call it.

        >>> import steelyard
        >>> try:
        ...     steelyard.Ruleset.from_yaml("ruleset: {id: tea, titel: Which tea?}", "tea.yaml")
        ... except steelyard.RulesetError as error:
        ...     print(len(error.diagnostics), error.diagnostics[0].message)
        6 the key `candidates` is missing

        Raises:
            RulesetError: the text is faulty; every fault has a line and a column.
        """
        return cls(check_text(text, name).required())

    @property
    def model(self) -> RulesetModel:
        """The ruleset as frozen data: needs, candidates, criteria, rules, evidence, cases."""
        return self._model

    @property
    def id(self) -> str:
        """The ruleset's id."""
        return self._model.id

    @property
    def title(self) -> str:
        """The ruleset's title."""
        return self._model.title

    @property
    def version(self) -> str:
        """The ruleset's version, a text."""
        return self._model.version

    @property
    def digest(self) -> str:
        """The SHA-256 of the ruleset's content, cases left out, in hexadecimal."""
        return self._engine.identity.digest

    @property
    def needs(self) -> Mapping[str, Need]:
        """The needs by id, in the author's order."""
        return self._model.needs

    @property
    def candidates(self) -> Mapping[str, Candidate]:
        """The candidates by id, in the author's order."""
        return self._model.candidates

    @property
    def criteria(self) -> Mapping[str, str]:
        """The titles of the criteria by id, in the author's order."""
        return self._model.criteria

    @property
    def rules(self) -> Mapping[str, Rule]:
        """The rules by id, in the author's order."""
        return self._model.rules

    @property
    def evidence(self) -> Mapping[str, Evidence]:
        """The evidence by id, in the author's order."""
        return self._model.evidence

    def recommend(
        self,
        requirements: Mapping[str, Any],
        *,
        as_of: str | date | None = None,
        candidates: Collection[str] | None = None,
        explain: Collection[str] = (),
        compare: tuple[str, str] | None = None,
    ) -> Answer:
        """Weighs the candidates against a project's requirements.

        >>> import steelyard
        >>> ruleset = steelyard.load("deep-learning-frameworks")
        >>> phones = {"value": ["android"], "importance": "must"}
        >>> answer = ruleset.recommend({"targets": phones, "stage": "production"}, as_of="2026-11-25")
        >>> answer.recommended.candidate, [each.candidate for each in answer.ranking[:2]]
        ('tensorflow', ['tensorflow', 'pytorch'])
        >>> answer.ranking[0].reasons[0].title
        'Runs on Android'

        Args:
            requirements: answers by need: a value, or ``{"value": ..., "importance": "must"}``. Flags are bools,
                numbers are numbers, options are their ids, `choices` take a list of ids.
            as_of: the day whose knowledge is to be used, a date or ``YYYY-MM-DD``; today in UTC if None.
            candidates: ids of the candidates to weigh; all if None.
            explain: what to explain beside the answer itself: ``"questions"`` (what to ask next), ``"changes"`` (what
                would put each rival first) and ``"rules"`` (what became of every rule).
            compare: the ids of two candidates to set beside each other.

        Raises:
            RequestError: a need, a value, a day or a candidate is not as the ruleset takes it; every fault is told.
        """
        return self.answer(request_of(requirements, as_of, candidates, explain, compare))

    def read(self, request: Mapping[str, Any]) -> Request:
        """A whole request as it is posted, validated and as it is understood, without an answer to it.

        >>> import steelyard
        >>> steelyard.load("deep-learning-frameworks").read({"requirements": {"lifetime": 5}}).requirements["lifetime"]
        Requirement(value=5, importance=<Importance.SHOULD: 'should'>)

        Raises:
            RequestError: as for `answer`.
        """
        return self._reader.read(request, today())

    def answer(self, request: Mapping[str, Any]) -> Answer:
        """Answers a whole request as it is posted.

        ``{"as_of"?, "requirements", "candidates"?, "explain"?, "compare"?}``

        >>> import steelyard
        >>> ruleset = steelyard.load("deep-learning-frameworks")
        >>> ruleset.answer({"requirements": {"model_kinds": ["recurrent"]}, "as_of": "2020-04-11"}).outcome
        <Outcome.RECOMMENDED: 'recommended'>

        Raises:
            RequestError: the request is faulty; every fault is told with a JSON pointer.
        """
        return self._decided(request).answer()

    def write(self, request: Mapping[str, Any], *, kept: bool = True) -> WrittenAnswer:
        """Answers a whole request as it is posted with the JSON of `answer(request).to_json()`, much sooner.

        >>> import steelyard
        >>> ruleset = steelyard.load("deep-learning-frameworks")
        >>> ruleset.write({"requirements": {"model_kinds": ["recurrent"]}, "as_of": "2020-04-11"}).recommended
        'pytorch'

        Args:
            request: as for `answer`.
            kept: whether answers are kept, up to a bound, and given again to who asks the same; otherwise this one is
                worked out whatever was asked before.

        Raises:
            RequestError: as for `answer`.
        """
        read = self.read(request)
        if not kept:
            return self._written(read)
        question = question_of(read)
        answer = self._kept.get(question)
        if answer is None:
            answer = self._written(read)
            self._kept.keep(question, answer, len(answer.json))
        return answer

    def decide(
        self,
        requirements: Mapping[str, Any],
        *,
        as_of: str | date | None = None,
        candidates: Collection[str] | None = None,
    ) -> Decision:
        """Decides as `recommend` does, but works out only what is then asked of the decision.

        >>> import steelyard
        >>> ruleset = steelyard.load("deep-learning-frameworks")
        >>> ruleset.decide({"model_kinds": ["recurrent"]}, as_of="2020-04-11").winner
        'pytorch'

        Args:
            requirements: as for `recommend`.
            as_of: as for `recommend`.
            candidates: as for `recommend`.

        Raises:
            RequestError: as for `recommend`.
        """
        return self._decided(request_of(requirements, as_of, candidates))

    def recommend_many(  # noqa: PLR0913  each stands for itself, and is given by name
        self,
        rows_or_columns: Any,
        *,
        as_of: str | date | None = None,
        candidates: Collection[str] | None = None,
        importance: Mapping[str, str] | None = None,
        scores: bool = False,
        fired: bool = False,
        strict: bool = False,
    ) -> "Batch":
        """Answers many requests at once, each exactly as `recommend` would, on all processors.

        >>> import steelyard
        >>> ruleset = steelyard.load("deep-learning-frameworks")
        >>> rows = [{"targets": ["android"]}, {"model_kinds": ["recurrent"]}, {"target": ["ios"]}]
        >>> batch = ruleset.recommend_many(rows, as_of="2020-04-11")
        >>> batch.recommended.tolist()
        ['tensorflow', 'pytorch', None]
        >>> [(fault.row, fault.column, fault.diagnostic.help) for fault in batch.faults]
        [(2, 'target', 'did you mean `targets`?')]

        It needs NumPy, and for tables of Arrow pyarrow: ``pip install "steelyard[batch]"``.

        Args:
            rows_or_columns: an iterable of requirements, as `recommend` takes them; or columns by need: a mapping of
                NumPy arrays or lists, or a table or record batch of Arrow. A column holds answers as rows do, and
                nothing (None, null, NaN) where there is none. Integers are codes: the number of the option of a
                choice or a scale, the options of `choices` as bits, 1 and 0 of a flag, and -1 for no answer. A column
                ``<need>.importance`` says how much the answers matter.
            as_of: as for `recommend`, for all rows.
            candidates: as for `recommend`, for all rows.
            importance: by need, how much its answers matter where neither a row nor a column says it.
            scores: whether to tell the scores of all candidates.
            fired: whether to tell the rules that fired.
            strict: whether a faulty row is an error; otherwise the batch tells it.

        Raises:
            RequestError: a column is no need; the day, a candidate or an importance is faulty; or, where `strict`,
                a row is.
            ModuleNotFoundError: NumPy or pyarrow is wanted and not installed.
            TypeError: these are neither rows nor columns.
        """
        try:
            from steelyard.batch import Wanted, recommend_many  # noqa: PLC0415  it takes NumPy, which is an extra
        except ModuleNotFoundError as error:
            error.add_note('many requests at once need an extra: pip install "steelyard[batch]"')
            raise
        wanted = Wanted(
            as_of=as_of, candidates=candidates, importance=importance, scores=scores, fired=fired, strict=strict
        )
        return recommend_many(self._engine.compiled, self._reader, rows_or_columns, wanted)

    def _written(self, request: Request) -> WrittenAnswer:
        weighing = self._engine.weigh(request)
        decision = Decision(weighing, self._reader)
        if weighing.is_to_be_explained:
            answer = decision.answer()
            id_, json = answer.id, answer.to_json().encode()
        else:
            id_, json = self._engine.write(weighing)
        return WrittenAnswer(id=id_, outcome=weighing.outcome, recommended=decision.winner, request=request, json=json)

    def _decided(self, request: Mapping[str, Any]) -> Decision:
        return Decision(self._engine.weigh(self.read(request)), self._reader)

    def __eq__(self, other: object) -> bool:
        """Whether the other knows the same, by the digest."""
        return self.digest == other.digest if isinstance(other, Ruleset) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.digest)

    def __reduce__(self) -> tuple[Any, ...]:
        # What stands ready to answer is made anew from the model, in another process as in this one.
        return type(self), (self._model,)

    def __repr__(self) -> str:
        return f"<Ruleset {self.id} version {self.version}, digest {self.digest[:12]}>"


def question_of(request: Request) -> Hashable:
    """What was asked, in the order of the ruleset, however it was said."""
    requirements = tuple(request.requirements.items())
    return request.as_of, requirements, request.candidates, request.explain, request.compare


def request_of(
    requirements: Mapping[str, Any],
    as_of: str | date | None,
    candidates: Collection[str] | None,
    explain: Collection[str] = (),
    compare: tuple[str, str] | None = None,
) -> dict[str, Any]:
    """A request as it is posted, from its parts; what is None is not said."""
    said = {
        "requirements": requirements,
        "as_of": as_of,
        "candidates": candidates,
        "explain": explain,
        "compare": compare,
    }
    return {key: value for key, value in said.items() if value is not None or key == "requirements"}


def load(name: "str | PathLike[str] | Traversable" = DEFAULT_RULESET) -> Ruleset:
    """Loads a ruleset.

    >>> import steelyard
    >>> steelyard.load().id
    'deep-learning-frameworks'
    >>> steelyard.load("open-source-licence").title
    'Which open-source licence suits the project?'

    Args:
        name: the id of a ruleset that ships, or the path of a YAML file or of a folder of them, or such a resource of a
            package, as ``importlib.resources.files("package") / "rules"`` gives it. Where an id and a path exist, the
            id wins; write ``./name`` to mean the path.

    Raises:
        RulesetError: there is no such ruleset, or it has errors; every fault is told with its line.
    """
    if isinstance(name, str | PathLike):
        return Ruleset(load_path(find(name)))
    from steelyard.library.resource import on_disk  # noqa: PLC0415  few come from a package that is not unpacked

    with on_disk(name) as path:
        return Ruleset(load_path(find(path)))
