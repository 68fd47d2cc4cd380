"""Recommendations of rulesets and of stacks."""

from steelyard.web.openapi.answers.explanations import Change, Comparison, Question, Relaxation, Requirement, TracedRule
from steelyard.web.openapi.answers.fields import Answer, by_id, count, day, flag, many, number, one, shared, text, texts


class Identity(Answer):
    """Which ruleset or stack it is."""

    id = text("Its id.")
    version = text("Its version.")
    digest = text("The SHA-256 of its content, in hexadecimal.", pattern="^[0-9a-f]{64}$")


class Reason(Answer):
    """What one rule says of one candidate."""

    rule = text("The rule's id; null where the candidate is excluded by its own dates.", nullable=True)
    criterion = text("The id of the rule's criterion; null likewise.", nullable=True)
    title = text("The rule's title.")
    needs = texts("The needs whose answers made the rule fire.")
    importance = shared("Importance", "The importance of those answers together; null likewise.", nullable=True)
    rating = shared("Grade", "The word of the rating; null likewise.", nullable=True)
    weight = number("The rule's weight times the multiplier of the importance.", minimum=0)
    points = number("What it adds to the score.", minimum=-50, maximum=50)
    because = text("The reason in words, if the author gave one.", nullable=True)
    evidence = texts("Keys of the evidence.")
    veto = flag("Whether this reason excludes the candidate.")


class _Weighed(Answer):
    candidate = text("The candidate's id.")
    name = text("The candidate's name.")
    score = number("50, and the points of all reasons.", minimum=0, maximum=100)
    rated = number("How much of what was asked is known of the candidate, as a share.", minimum=0, maximum=1)
    reasons = many(Reason, "The reasons, the largest points first.")


class Ranked(_Weighed):
    """A candidate in the ranking."""

    rank = count("Its rank, 1 for the best; equals share one.", minimum=1)


class Excluded(_Weighed):
    """A candidate that is out of the question; its reasons with `veto` say why."""


class Recommended(Answer):
    """The candidate that fits best."""

    candidate = text("The candidate's id.")
    name = text("The candidate's name.")
    score = number("Its score.", minimum=0, maximum=100)
    lead = number("Points between it and the next in the ranking; null without one.", nullable=True, minimum=0)
    robustness = number(
        "The share by which every weight may be wrong before a rival draws level; null without one.",
        nullable=True,
        minimum=0,
        maximum=1,
    )
    tied_with = texts("The ids of the others that share rank 1; only there if it is tied.", optional=True)


class Evidence(Answer):
    """A source that reasons rest on."""

    title = text("Its title.")
    url = text("Where it is; null if it has no address.", nullable=True)
    source = text("What else identifies it, if it was said.", nullable=True)
    published = day("The day on which it was published.")
    stale = flag("Whether it is too old on the day asked about.")


class Recommendation(Answer):
    """Who fits best, the whole ranking, and a reason behind every point."""

    id = text("A digest of the ruleset's content, the day and the request: the same question has the same id.")
    ruleset = one(Identity, "The ruleset that answered.")
    as_of = day("The day whose knowledge was used.")
    requirements = by_id(Requirement, "What was required, by need.")
    unanswered = texts("The needs that were not answered.")
    outcome = shared("Outcome", "What the answer comes to.")
    settled = flag(
        "Whether no answer to a single open need would change who is recommended; null if `questions` were not asked "
        "for.",
        nullable=True,
    )
    recommended = one(Recommended, "Who fits best; null if it is undecided or infeasible.", nullable=True)
    summary = text("One or two sentences to pass on.")
    ranking = many(Ranked, "The candidates that can be chosen, the best first.")
    excluded = many(Excluded, "The candidates that are out of the question.")
    evidence = by_id(Evidence, "The evidence that the reasons name, by key.")
    relax = many(Relaxation, "Where every candidate is excluded, the smallest sets of musts to give up.")
    questions = many(Question, "The needs worth asking about, the best first; if asked for.", optional=True)
    changes = many(
        Change, "For each ranked rival, what would make it the recommended one; if asked for.", optional=True
    )
    rules = many(TracedRule, "Every rule, and what became of it; if asked for.", optional=True)
    comparison = one(Comparison, "Two candidates beside each other; if asked for.", optional=True)
    incomplete = texts("Keys whose search was given up at a bound; only there if there are any.", optional=True)


class Taken(Answer):
    """Where a part of a stack got its answer to a need that another part feeds."""

    value = text("The answer; null if that part recommends nothing, so that it is left unanswered.", nullable=True)
    from_ = text("The part whose answer it is; null if the request answered.", nullable=True, data_key="from")
    importance = shared("Importance", "How much it matters.")
    tied = flag("Whether that part is tied, and this is the first of the tie.")


class StackRecommendationPart(Answer):
    """What one part of a stack answers."""

    part = text("The part's id.")
    ruleset = text("The id of its ruleset.")
    taken = by_id(Taken, "By need, what it took of an earlier part or, instead, of the request.")
    recommendation = one(Recommendation, "What its ruleset alone would recommend.")


class StackRecommendation(Answer):
    """The recommendations of all parts of a stack, each made with those before it."""

    id = text("A digest of the stack's content, the day and the request.")
    stack = one(Identity, "The stack that answered.")
    as_of = day("The day whose knowledge was used.")
    requirements = by_id(Requirement, "What was required, by need.")
    unanswered = texts("The needs that some part had to do without.")
    summary = text("All parts in a few sentences.")
    parts = many(StackRecommendationPart, "What each part answers, in their order.")
