"""What can be asked: rulesets and stacks, in short and as a whole."""

from marshmallow import fields

from steelyard.web.openapi.answers.fields import Answer, by_id, count, day, many, number, one, shared, text


class Named(Answer):
    """Something that has an id and a title."""

    id = text("Its id.")
    title = text("Its title.")
    version = text("Its version.")
    digest = text("The SHA-256 of its content, in hexadecimal.", pattern="^[0-9a-f]{64}$")


class Option(Answer):
    """An option of a need."""

    id = text("Its id.")
    label = text("The option in words.")


class Need(Answer):
    """Something that a project may need, and the answers that it takes."""

    id = text("Its id.")
    question = text("The question to ask.")
    help = text("A line that helps to answer, if there is one.", nullable=True)
    type = shared("NeedType", "How it is answered.")
    options = many(Option, "The options; of a scale from the lowest to the highest.")
    minimum = number("The lowest answer of a number; null otherwise.", nullable=True)
    maximum = number("The highest answer of a number; null otherwise.", nullable=True)
    unit = text("What a number counts, if it was said.", nullable=True)


class CandidateName(Answer):
    """A candidate in short."""

    id = text("Its id.")
    name = text("Its name.")


class Candidate(CandidateName):
    """A candidate and its facts; what was not said is null."""

    summary = text("What it is, in a sentence.", nullable=True)
    steward = text("Who looks after it.", nullable=True)
    licence = text("Its licence.", nullable=True)
    homepage = text("Its address.", nullable=True)
    since = day("The first day on which it can be chosen.", nullable=True)
    until = day("The first day on which it no longer can.", nullable=True)


class Criterion(Answer):
    """A criterion, by which rules are grouped."""

    id = text("Its id.")
    title = text("Its title.")


class Counts(Answer):
    """How many of each a ruleset has."""

    needs = count("Needs.")
    candidates = count("Candidates.")
    criteria = count("Criteria.")
    rules = count("Rules.")
    evidence = count("Pieces of evidence.")


class RulesetInShort(Named):
    """A ruleset in short."""

    counts = one(Counts, "What it holds.")
    candidates = many(CandidateName, "Its candidates.")


class Rulesets(Answer):
    """All rulesets."""

    default = text("The id of the ruleset that is asked where none is named.")
    rulesets = many(RulesetInShort, "The rulesets, the default first.")


class Multipliers(Answer):
    """By how much each importance multiplies a weight."""

    must = number("The multiplier of a must.", exclusiveMinimum=0)
    should = number("The multiplier of a should.", exclusiveMinimum=0)
    could = number("The multiplier of a could.", exclusiveMinimum=0)


class Ruleset(Named):
    """What a ruleset can be asked. Lists are in the author's order."""

    stale_after_days = count("After how many days evidence is stale; null for never.", nullable=True)
    importance = one(Multipliers, "The multipliers.")
    needs = many(Need, "The needs that can be answered.")
    candidates = many(Candidate, "The candidates that are weighed.")
    criteria = many(Criterion, "The criteria.")


class StackPartInShort(Answer):
    """A part of a stack in short."""

    part = text("The part's id.")
    ruleset = text("The id of its ruleset.")


class StackInShort(Named):
    """A stack in short."""

    parts = many(StackPartInShort, "Its parts, in the order in which they are answered.")


class Stacks(Answer):
    """All stacks."""

    stacks = many(StackInShort, "The stacks.")


class Feed(Answer):
    """What feeds a need of a part."""

    part = text("The part whose recommendation is the answer.")
    importance = shared("Importance", "How much the answer matters.")


class StackPart(StackPartInShort):
    """A part of a stack."""

    title = text("The title of its ruleset.")
    version = text("The version of its ruleset.")
    takes = by_id(fields.Nested(Feed), "By need, what it takes of an earlier part.")
    candidates = many(CandidateName, "The candidates of its ruleset.")


class Stack(Named):
    """What a stack can be asked."""

    parts = many(StackPart, "Its parts, in the order in which they are answered.")
    needs = many(Need, "The needs of all parts, each once.")
