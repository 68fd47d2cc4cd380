"""The tools: what each is called, when a model should call it, what it takes, and what it does. No protocol yet."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from steelyard.agents import outputs
from steelyard.agents.documents import (
    asked_next,
    brief_answer,
    compared_answer,
    explained_answer,
    identity,
    in_short,
)
from steelyard.agents.faults import faults_document, faults_text
from steelyard.agents.inputs import DETAIL, candidates_argument, needs_argument, of_question, ruleset_argument
from steelyard.agents.parameters import Schema, parameters_of
from steelyard.agents.reading import (
    Call,
    CallError,
    Read,
    read_call,
    read_candidate,
    read_detail,
    read_needs,
    read_skipped,
)
from steelyard.agents.served import Served, askable
from steelyard.agents.texts import (
    answer_text,
    comparison_text,
    explanation_text,
    needs_text,
    question_text,
    rulesets_text,
)
from steelyard.api import Answer
from steelyard.interview import Interview
from steelyard.model import Topic
from steelyard.requirements import requirements_schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a call comes to: a document, the same for reading, and whether it tells faults of the arguments."""

    document: Mapping[str, Any] = field(hash=False)
    text: str
    is_error: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A tool.

    Attributes:
        name: what it is called.
        title: the same for people.
        description: what it does, and when to call it.
        takes: the schema of its arguments, for what is served.
        gives: the schema of its document.
        run: what it does.
        own: the readers of its arguments that are no part of a request.
    """

    name: str
    title: str
    description: str
    takes: Callable[[Served], Schema]
    gives: Schema = field(hash=False)
    run: Callable[[Served, Call], Told]
    own: Mapping[str, Read] = field(hash=False, default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A tool for what is served.

    Attributes:
        tool: the tool.
        served: what can be asked.
        takes: the schema of its arguments.
    """

    tool: Tool
    served: Served
    takes: Schema = field(hash=False)

    def call(self, arguments: Mapping[str, Any]) -> Told:
        """Answers a call; faulty arguments are an answer too."""
        try:
            return self.tool.run(self.served, read_call(self.served, arguments, self.takes, self.tool.own))
        except CallError as error:
            document = faults_document(error, self.served, self.takes["properties"], arguments)
            return Told(document=document, text=faults_text(document), is_error=True)


def offered(served: Served) -> Mapping[str, Offered]:
    """Every tool for what is served, by its name."""
    return {tool.name: Offered(tool=tool, served=served, takes=tool.takes(served)) for tool in TOOLS}


def _list_rulesets(served: Served, _: Call) -> Told:
    rulesets = served.rulesets.values()
    document = {"default": served.default.id, "rulesets": [in_short(each) for each in rulesets]}
    return Told(document=document, text=rulesets_text(rulesets))


def _get_needs(_: Served, call: Call) -> Told:
    wanted = call.own.get("needs")
    asked = askable(call.ruleset, wanted)
    document = {"ruleset": identity(call.ruleset), "schema": parameters_of(requirements_schema(asked))}
    return Told(document=document, text=needs_text(call.ruleset, asked.needs.values()))


def _recommend(_: Served, call: Call) -> Told:
    if call.is_full:
        whole = _answer(call)
        return Told(document=whole.to_dict(), text=whole.to_markdown())
    answer = _answer(call, Topic.QUESTIONS)
    document = brief_answer(answer)
    return Told(document=document, text=answer_text(document, answer))


def _explain(_: Served, call: Call) -> Told:
    answer = _answer(call, Topic.QUESTIONS, Topic.CHANGES)
    document = explained_answer(answer, call.own.get("candidate"))
    return Told(document=document, text=explanation_text(document, answer))


def _compare(_: Served, call: Call) -> Told:
    answer = _answer(call)
    document = compared_answer(answer, full=call.is_full)
    return Told(document=document, text=comparison_text(document, answer))


def _next_question(_: Served, call: Call) -> Told:
    skipped = frozenset(call.own.get("skip", ())) - call.request.requirements.keys()
    interview = Interview.of(call.ruleset, call.request, skipped)
    document = asked_next(interview)
    return Told(document=document, text=question_text(document, call.ruleset, interview.answer))


def _answer(call: Call, *topics: Topic) -> Answer:
    return call.ruleset.answer({**call.data, "explain": [topic.value for topic in topics]})


def _takes_nothing(_: Served) -> Schema:
    return {"type": "object", "properties": {}, "additionalProperties": False}


def _takes_needs(served: Served) -> Schema:
    needs = needs_argument(served, "Only these, by their ids; all if it is not said.", minItems=1)
    properties = {"ruleset": ruleset_argument(served), "needs": needs}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _takes_question(served: Served) -> Schema:
    return of_question(served, more={"detail": DETAIL}, in_words=True)


def _takes_candidate(served: Served) -> Schema:
    known = candidates_argument(served, "")["items"]
    words = "The candidate to explain; the recommended one if it is not said."
    return of_question(served, more={"candidate": {**known, "description": words}})


def _takes_pair(served: Served) -> Schema:
    pair = candidates_argument(served, "The two candidates to set beside each other.", minItems=2, maxItems=2)
    return of_question(served, more={"compare": pair, "detail": DETAIL}, required=("compare", "requirements"))


def _takes_interview(served: Served) -> Schema:
    skip = needs_argument(served, "Needs of which nobody knows the answer; they are not asked about.")
    return of_question(served, more={"skip": skip}, required=())


TOOLS: Sequence[Tool] = (
    Tool(
        name="list_rulesets",
        title="List the rulesets",
        description="Lists the questions that can be decided here, and the candidates that each weighs. Call it "
        "first, unless you know which ruleset to ask.",
        takes=_takes_nothing,
        gives=outputs.RULESETS,
        run=_list_rulesets,
    ),
    Tool(
        name="get_needs",
        title="Get the needs of a ruleset",
        description="Gets what a ruleset asks about a project, as a JSON Schema of `requirements`: every need "
        "with its question, and what each option means. Call it before `recommend` where you do not know what "
        "a need or an option means.",
        takes=_takes_needs,
        gives=outputs.NEEDS,
        run=_get_needs,
        own={"needs": read_needs},
    ),
    Tool(
        name="recommend",
        title="Recommend a candidate",
        description="Weighs all candidates against what a project needs and names the one that fits best: score, "
        "ranking, what is excluded, the strongest reasons with their sources, and what to ask next. Call it as "
        "soon as anything is known of the project, and again whenever more is. Say only what you were told; an "
        "answer that is a `must` excludes whatever does not support it. Pass the sources on with what rests on them.",
        takes=_takes_question,
        gives=outputs.ANSWER,
        run=_recommend,
        own={"detail": read_detail},
    ),
    Tool(
        name="explain",
        title="Explain a recommendation",
        description="Tells every reason for and against one candidate, and the fewest answers that would have to "
        "be others to put each of its rivals first. Call it after `recommend`, with the same arguments, when "
        "somebody asks why, why not, or what would change it.",
        takes=_takes_candidate,
        gives=outputs.EXPLANATION,
        run=_explain,
        own={"candidate": read_candidate},
    ),
    Tool(
        name="compare",
        title="Compare two candidates",
        description="Sets two candidates beside each other, rule by rule, with the points either way and the "
        "reasons of both. Call it when somebody hesitates between two, or asks why one and not the other.",
        takes=_takes_pair,
        gives=outputs.COMPARISON,
        run=_compare,
        own={"detail": read_detail},
    ),
    Tool(
        name="next_question",
        title="Ask the next question",
        description="Tells which one question to put to the user next: the one whose answer could change the "
        "recommendation most, and what each answer would lead to. Call it with all that was said so far, put the "
        "question, add the answer to `requirements` (or the need to `skip`, if it is not known), and call it "
        "again until `done` is true; then call `recommend`.",
        takes=_takes_interview,
        gives=outputs.QUESTION,
        run=_next_question,
        own={"skip": read_skipped},
    ),
)
"""Every tool, in the order in which a model is told of them."""
