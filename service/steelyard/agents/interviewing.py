"""The prompt that has a model interview somebody, question by question, and recommend in the end."""

from steelyard.agents.parameters import sentence
from steelyard.api import Ruleset
from steelyard.recommendation import joined

NAME = "interview"
TITLE = "Interview me, and recommend"
DESCRIPTION = "Asks about a project question by question, the most telling first, and recommends with reasons."
ARGUMENTS = {
    "ruleset": "The id of the ruleset to ask; the default if it is not said.",
    "project": "What is known of the project already, in your own words.",
}
"""What the prompt takes, and in words what each is."""


def interview(ruleset: Ruleset, project: str | None) -> str:
    """What the model is to do.

    Args:
        ruleset: the ruleset that is asked.
        project: what is known of the project, in the user's words.
    """
    names = joined([candidate.name for candidate in ruleset.candidates.values()])
    known = f"This is what I can say already:\n\n{project}\n" if project else "I have told you nothing yet."
    return f"""\
Help me to decide: {sentence(ruleset.title)} The candidates are {names}. {known}

Find out what matters, with the tools of this server, always with `ruleset` "{ruleset.id}":

1. Take what I have told you already as `requirements`; `get_needs` tells what the needs and options mean. Where you \
had to read between the lines, ask me whether you understood me.
2. Call `next_question` with all that is known so far, and put its question to me in plain words, with its options. \
One question at a time. Do not answer it for me, and do not guess.
3. Add my answer to `requirements`. If I say that we cannot do without it, give it as \
{{"value": ..., "importance": "must"}}; if it would merely be nice, with "could". If I do not know, add the need to \
`skip`.
4. Tell me in half a sentence what my answer changed, and go on with step 2 until `done` is true, or until I have had \
enough.
5. Call `recommend` with everything. Tell me who fits best, how firm that is, what speaks for it and against it, and \
what was excluded and why. Name the source and its date beside every claim, and say where a source is stale. Add \
nothing from your own knowledge without saying so.
6. If I hesitate between two, call `compare`; if I ask why, or what would change it, call `explain`.
"""
