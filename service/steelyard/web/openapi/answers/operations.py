"""What is told to whoever runs the service, what went wrong, and what was decided before."""

from steelyard.web.openapi.answers.explanations import Requirement
from steelyard.web.openapi.answers.fields import (
    Answer,
    by_id,
    count,
    day,
    either,
    many,
    moment,
    number,
    one,
    one_of,
    said_by_part,
    text,
    texts,
)
from steelyard.web.openapi.answers.recommendations import Identity, Recommendation, StackRecommendation
from steelyard.web.openapi.answers.shared import reference


class Fault(Answer):
    """One thing that is wrong."""

    pointer = text("Where it is, as a JSON pointer into the request; empty for the whole of it.")
    code = text("What kind of fault it is. A code is never renamed.")
    detail = text("What is wrong.")
    help = text("What was probably meant, or what to do; null if that is not known.", nullable=True)


class Problem(Answer):
    """Why a request is refused (RFC 9457), with every fault at once."""

    type = text("What kind of problem it is: `urn:steelyard:problem:` and a word. A type is never renamed.")
    title = text("The kind in words.")
    status = count("The status of the response.", minimum=400, maximum=599)
    detail = text("What is wrong with this request, in a sentence or two.")
    errors = many(Fault, "Every fault by itself.")
    instance = text("Where the service failed, the id under which its log has more.", optional=True)
    position = count("In the answer to a batch: the line, or the place in the array.", minimum=1, optional=True)


class Health(Answer):
    """The process answers."""

    status = one_of(["ok"], "Nothing else is said.")


class Reload(Answer):
    """The latest try to load what is served."""

    status = one_of(["ok", "failed"], "Whether it is served; if it failed, what was loaded before still is.")
    at = moment("When it was.")
    errors = many(Fault, "What was wrong with the files.")


class Readiness(Answer):
    """Whether requests should be sent here, and, for those who may ask, what they are answered from."""

    status = one_of(["ready", "draining"], "Draining says that the process is about to end.")
    loaded_at = moment("When what is served was loaded.", optional=True)
    rulesets = many(Identity, "The rulesets.", optional=True)
    stacks = many(Identity, "The stacks.", optional=True)
    reload = one(Reload, "The latest try to load it.", optional=True)


class Decision(Answer):
    """A decision that was logged, without the answers that are masked."""

    id = text("The id of the recommendation.")
    time = moment("When it was made.")
    ruleset = one(Identity, "The ruleset that was asked, if it was one.", optional=True)
    stack = one(Identity, "The stack that was asked, if it was one.", optional=True)
    as_of = day("The day whose knowledge was used.")
    requirements = by_id(Requirement, "What was required, by need.")
    candidates = texts("The candidates that were weighed; null for all.", nullable=True)
    outcome = said_by_part(reference("Outcome"), "What the answer came to; of a stack, by part.")
    recommended = said_by_part(
        {"type": ["string", "null"]},
        "The id of the candidate that was recommended, the first of a tie, null for none; of a stack, by part.",
    )
    duration_ms = number("How long it took, in milliseconds.", minimum=0)
    request_id = text("The id of the request.")
    masked = texts("The needs whose answers are not kept.")
    recommendation = either(
        (Recommendation, StackRecommendation),
        "The whole recommendation, made again; null where an answer is masked, or what was asked has changed since.",
    )
