"""What explains a recommendation."""

from marshmallow import fields

from steelyard.web.openapi.answers.fields import Answer, Shared, by_id, flag, many, number, one, shared, text, texts


class Then(Answer):
    """What the answer would be if something else had been said."""

    outcome = shared("Outcome", "What it would come to.")
    recommended = texts("The ids of those that would be recommended: one, all that tie, or none.")
    lead = number("Points between the best and the next; null without a winner or a second.", nullable=True, minimum=0)
    scores = by_id(fields.Float(), "The scores, by id of every candidate asked about.")


class PossibleAnswer(Then):
    """One answer that a need can have, and what would be recommended under it."""

    value = shared("Value", "The answer as it is posted.")
    label = text("The answer in words; of a number, the whole range of numbers that come to the same.")
    flips = flag("Whether another candidate would be recommended than now, or others would tie.")


class Question(Answer):
    """A need that is unanswered, and whose answer can change who is recommended."""

    need = text("The need's id.")
    question = text("The question in plain words.")
    flips = number("The share of the answers under which another would be recommended.", minimum=0, maximum=1)
    moves = number("Points by which the answers move the lead, on average.", minimum=0)
    answers = many(PossibleAnswer, "Every answer that the rules tell apart.")


class Requirement(Answer):
    """An answer to a need."""

    value = shared("Value", "The answer as it is posted.")
    importance = shared("Importance", "How much it matters.")


class Step(Answer):
    """One answer that is changed, withdrawn or given."""

    need = text("The need's id.")
    before = one(Requirement, "The answer as it stands; null if there is none.", nullable=True)
    after = one(Requirement, "What it becomes; null if it is withdrawn.", nullable=True)


class Change(Answer):
    """The smallest change of what was said that makes a rival the recommended candidate."""

    candidate = text("The rival's id.")
    name = text("The rival's name.")
    steps = many(Step, "The answers to change; none if no change of one or two answers does it.")
    then = one(Then, "What the answer would be; null likewise.", nullable=True)
    words = text("All of it in a sentence.")


class Relaxation(Answer):
    """Musts of which none can be spared from giving up, so that a candidate is left again."""

    needs = texts("The needs whose answers become a `should`.")
    then = one(Then, "What the answer would be.")
    words = text("All of it in a sentence.")


class RuleDifference(Answer):
    """A rule that gives two candidates different points."""

    rule = text("The rule's id.")
    criterion = text("The id of its criterion.")
    title = text("The rule's title.")
    ratings = fields.List(
        Shared("Grade", allow_none=True),
        required=True,
        metadata={
            "description": "The word of each candidate's rating; null for one that it does not rate.",
            "minItems": 2,
            "maxItems": 2,
        },
    )
    points = number("The first candidate's points less the second's.", minimum=-100, maximum=100)


class Comparison(Answer):
    """Why one candidate and not another: the rules on which they differ."""

    candidates = texts("The ids of the two.", minItems=2, maxItems=2)
    difference = number(
        "The first one's score less the second's; the points of the rules sum to it.", minimum=-100, maximum=100
    )
    robustness = number("The share by which every weight may be wrong before the two draw level.", minimum=0, maximum=1)
    rules = many(RuleDifference, "The rules for the first, then those for the second, the largest difference first.")
    excluded = texts("Those of the two that cannot be chosen, whatever their score.")
    words = text("All of it in a few sentences.")


class TracedCondition(Answer):
    """A condition and its truth. It is a test of a need, or made of others: of all, of any, or of one that is not."""

    holds = flag("Whether it is true; null if that is unknown.", nullable=True)
    all = many("TracedCondition", "The parts that all have to be true; without any, it always is.", optional=True)
    any = many("TracedCondition", "The parts of which one has to be true.", optional=True)
    not_ = one("TracedCondition", "The part that has to be false.", optional=True, data_key="not")
    need = text("The need that is tested.", optional=True)
    words = text("The test in words.", optional=True)
    operator = text("The operator of the test.", optional=True)
    wanted = shared("Value", "What it wants.", optional=True)
    given = shared("Value", "What was answered; null if nothing was.", optional=True, nullable=True)


class TracedRule(Answer):
    """A rule of the ruleset, and what became of it."""

    rule = text("The rule's id.")
    criterion = text("The id of its criterion.")
    title = text("The rule's title.")
    standing = flag("Whether the rule stands on the day asked about.")
    fired = flag("Whether it fired.")
    importance = shared("Importance", "How much it matters, if it fired.", nullable=True)
    holds = flag("Whether its condition is true; null if that is unknown.", nullable=True)
    condition = one(TracedCondition, "Its condition, part by part.")
