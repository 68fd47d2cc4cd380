"""What a stack answers: what its parts take of each other and of the request, and what the document tells of it."""

import json
import pickle
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import steelyard
from steelyard import Importance, Taken
from tests.stacks import DAY, PETS, RULESETS, STACK, Data, changed, stack
from tests.unit.samples import faults_of

JOINED = stack()
TAKEN_DOG = Taken(value="dog", source="pet", importance=Importance.MUST)


def ask(**requirements: Any) -> steelyard.StackAnswer:
    """The answer of the stack on a fixed day."""
    return JOINED.recommend(requirements, as_of=DAY)


def winners(answer: steelyard.StackAnswer) -> dict[str, str | None]:
    """Who is recommended for each part."""
    return {part: each.recommended.candidate if each.recommended else None for part, each in answer.parts.items()}


def test_parts_take_the_answers_before_them() -> None:
    """Each part is asked with the answer that an earlier one gave, with the importance that the stack says."""
    answer = ask(garden=True)
    assert winners(answer) == {"pet": "dog", "bed": "basket", "house-vet": "clinic"}
    assert answer.taken == {
        "pet": {},
        "bed": {"pet": TAKEN_DOG},
        "house-vet": {"pet": Taken(value="dog", source="pet", importance=Importance.COULD)},
    }
    assert answer.parts["bed"].requirements == {"pet": {"value": "dog", "importance": "must"}}
    assert answer.parts["house-vet"].requirements == {"pet": {"value": "dog", "importance": "could"}}
    assert [each.candidate for each in answer.parts["bed"].excluded] == ["tower"]


def test_one_set_of_requirements_serves_all() -> None:
    """An answer reaches every part that has the need, and no other."""
    answer = ask(hours=9, garden=True)
    assert winners(answer) == {"pet": "cat", "bed": "tower", "house-vet": "visits"}
    assert list(answer.parts["pet"].requirements) == ["garden", "hours"]
    assert list(answer.parts["bed"].requirements) == ["pet", "hours"]
    assert list(answer.requirements) == ["garden", "hours"]
    assert answer.unanswered == ("floor",)


def test_the_request_wins_over_a_part() -> None:
    """A need that is fed can be answered in the request: its answer and importance count, and the document says so."""
    answer = ask(garden=True, pet="cat")
    assert winners(answer) == {"pet": "dog", "bed": "tower", "house-vet": "visits"}
    said = Taken(value="cat", source=None, importance=Importance.SHOULD)
    assert answer.taken["bed"] == {"pet": said}
    assert answer.taken["house-vet"] == {"pet": said}
    assert answer.to_dict()["parts"][1]["taken"] == {
        "pet": {"value": "cat", "from": None, "importance": "should", "tied": False}
    }
    assert "With pet: Cat (should), as the request says." in answer.to_text()


def test_the_first_of_a_tie_is_taken() -> None:
    """Where a part is tied, the first of the tie is taken, and that is told."""
    answer = ask(garden=False, floor=False)
    assert answer.parts["pet"].outcome == "tied"
    assert answer.taken["bed"]["pet"] == Taken(value="dog", source="pet", importance=Importance.MUST, tied=True)
    assert "Bed and house vet took Dog, the first of those that tie." in answer.summary
    assert "With pet: Dog (must), the first of the tie of pet." in answer.to_text()
    assert answer.is_complete


@pytest.mark.parametrize(
    ("requirements", "outcome"),
    [
        ({"floor": False}, "undecided"),
        ({"hours": {"value": 22, "importance": "must"}, "floor": False}, "infeasible"),
    ],
)
def test_without_an_answer_to_take(requirements: Data, outcome: str) -> None:
    """Where a part recommends nothing, the others are answered without its answer, and say so."""
    answer = ask(**requirements)
    assert answer.parts["pet"].outcome == outcome
    assert answer.taken["bed"]["pet"] == Taken(value=None, source="pet", importance=Importance.MUST)
    assert "pet" not in answer.parts["bed"].requirements
    assert "pet" in answer.parts["bed"].unanswered
    assert winners(answer)["bed"] == "tower"
    assert "pet" in answer.unanswered
    assert "Bed and house vet had to do without the answer of pet." in answer.summary
    assert "Without pet: pet recommends nothing." in answer.to_text()
    assert "Without pet: pet recommends nothing." in answer.to_markdown()
    assert not answer.is_complete


def test_candidates() -> None:
    """Candidates restrict the parts that have any of them; a part with none of them weighs all of its own."""
    answer = JOINED.recommend({"garden": True}, as_of=DAY, candidates=["cat", "visits"])
    weighed = {
        part: [each.candidate for each in (*found.ranking, *found.excluded)] for part, found in answer.parts.items()
    }
    assert weighed == {"pet": ["cat"], "bed": ["tower", "basket"], "house-vet": ["visits"]}
    assert answer.taken["bed"]["pet"].value == "cat"


def test_naming_all_candidates_of_a_part_restricts_nothing() -> None:
    """It is the same question, with the same id, whether all candidates of a part are named or none."""
    plain = JOINED.recommend({"garden": True}, as_of=DAY)
    assert JOINED.recommend({"garden": True}, as_of=DAY, candidates=["cat", "dog"]).to_json() == plain.to_json()


def test_all_faults_of_a_request() -> None:
    """Faults of a request are told at once, with the codes and pointers that a ruleset gives them."""
    request = {
        "requirements": {"gardn": True, "hours": 25, "pet": "owl", "floor": "warm"},
        "as_of": "2025-02-30",
        "candidates": ["cat", "tiger", "clinic"],
    }
    assert faults_of(lambda: JOINED.answer(request)) == [
        "value/bad-date /as_of",
        "request/unknown-candidate /candidates/1",
        "value/wrong-type /requirements/floor",
        "request/unknown-need /requirements/gardn",
        "value/out-of-range /requirements/hours",
        "request/unknown-option /requirements/pet",
    ]


def test_a_request_names_one_thing() -> None:
    """A request that names a ruleset and a stack is refused by both."""
    request = {"requirements": {}, "ruleset": "pets", "stack": "pet-bed-vet"}
    assert faults_of(lambda: JOINED.answer(request)) == ["request/ruleset-and-stack /stack"]
    pets = steelyard.Ruleset.from_dict(PETS)
    assert faults_of(lambda: pets.answer(request)) == ["request/ruleset-and-stack /stack"]


def test_the_document() -> None:
    """The document has these keys in this order, and each part the whole document of its ruleset."""
    answer = ask(garden=True)
    document = json.loads(answer.to_json())
    assert document == answer.to_dict()
    assert list(document) == ["id", "stack", "as_of", "requirements", "unanswered", "summary", "parts"]
    assert document["stack"] == {"id": "pet-bed-vet", "version": "2", "digest": JOINED.digest}
    assert [(part["part"], part["ruleset"]) for part in document["parts"]] == [
        ("pet", "pets"),
        ("bed", "beds"),
        ("house-vet", "vets"),
    ]
    assert document["parts"][1]["taken"] == {
        "pet": {"value": "dog", "from": "pet", "importance": "must", "tied": False}
    }
    assert document["parts"][1]["recommendation"] == answer.parts["bed"].to_dict()


def test_the_summary() -> None:
    """The summary names who is recommended for each part and how firmly, and what is unusual about what was taken."""
    assert ask(hours=9, garden=True).summary == (
        "Pet: Cat, 75 of 100, first even with every weight 50 % off; bed: Tower, 100 of 100, first whatever the "
        "weights; house vet: House calls, 75 of 100, first whatever the weights."
    )
    assert ask(garden=False).summary == (
        "Pet: Dog and Cat fit equally well, 50 of 100 each; bed: Basket, the only candidate left, 100 of 100; "
        "house vet: Clinic and House calls fit equally well, 75 of 100 each. "
        "Bed and house vet took Dog, the first of those that tie."
    )
    assert ask(hours={"value": 22, "importance": "must"}).summary == (
        "Pet: every candidate is excluded; bed: Tower, 100 of 100, first whatever the weights; house vet: undecided. "
        "Bed and house vet had to do without the answer of pet."
    )


def test_parts_are_answers() -> None:
    """Each part is an answer like any other, with its own renderings."""
    bed = ask(garden=True).parts["bed"]
    alone = steelyard.Ruleset.from_dict(RULESETS["beds"]).recommend(
        {"pet": {"value": "dog", "importance": "must"}}, as_of=DAY
    )
    assert bed == alone
    assert bed.to_text() == alone.to_text()
    assert bed.to_markdown() == alone.to_markdown()


def test_the_digest() -> None:
    """Whatever can change an answer changes the digest, and so the id; the order of `takes` and of cases does not."""
    digests = {JOINED.digest}
    for other in (
        stack(changed(STACK, (("stack", "version"), "3"))),
        stack(changed(STACK, (("parts", "house-vet", "takes"), {"pet": "pet"}))),
        stack(changed(STACK, (("parts", "house-vet", "takes"), {}))),
        stack(pets=changed(PETS, (("rules", "outdoors", "weight"), 2))),
        stack(changed(STACK, (("parts", "cat-bed"), {"ruleset": "beds"}))),
    ):
        assert other.digest not in digests
        digests.add(other.digest)
        assert other.recommend({"garden": True}, as_of=DAY).id != ask(garden=True).id
    cases = {"a": {"requirements": {}, "expect": {"outcome": "undecided"}}}
    assert stack(pets={**PETS, "cases": cases}).digest == JOINED.digest


def test_today() -> None:
    """Without a day, today's knowledge is used."""
    assert JOINED.recommend({}).as_of == steelyard.Ruleset.from_dict(PETS).recommend({}).as_of


def test_threads_share_a_stack() -> None:
    """Many threads that ask one stack get the answer that each would get alone."""
    questions = [{"hours": hours, "garden": bool(hours % 2)} for hours in range(20)]
    alone = [stack().recommend(each, as_of=DAY).to_json() for each in questions]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda each: JOINED.recommend(each, as_of=DAY).to_json(), questions * 5))
    assert together == alone * 5


def test_nothing_can_be_changed() -> None:
    """A stack and its answer are frozen."""
    answer = ask(garden=True)
    with pytest.raises(AttributeError):
        answer.summary = ""  # type: ignore[misc]  # that is what must fail
    with pytest.raises(AttributeError):
        JOINED.model.id = "x"  # type: ignore[misc]  # likewise


def test_a_part_that_nothing_was_said_about() -> None:
    """A part that only its rules without a condition decide is summed up as that, and not as a firm answer."""
    summary = steelyard.load_stack("deep-learning").recommend({}, as_of="2026-11-25").summary
    assert summary.startswith("Framework: PyTorch by what holds for every project; runtime: ")


def test_what_the_request_said_is_summed_up() -> None:
    """Where the request answers for a part, the summary says what the others go by: another may come first there."""
    assert ask(garden=True, pet="cat").summary.endswith(". Bed and house vet go by Cat, as the request says.")
    assert "as the request says" not in ask(garden=True).summary
    fewer = JOINED.recommend({"pet": "cat"}, as_of=DAY, candidates=["dog"])
    assert fewer.summary.endswith(". Bed and house vet go by cat, as the request says.")


@pytest.mark.parametrize("asked", [JOINED, steelyard.Ruleset.from_dict(PETS)], ids=repr)
def test_pickled_and_back(asked: steelyard.Stack | steelyard.Ruleset) -> None:
    """Rulesets, stacks and their answers can be sent to another process."""
    sent = pickle.loads(pickle.dumps(asked))  # noqa: S301  what was just written
    answer = asked.recommend({"garden": True}, as_of=DAY)
    assert sent.digest == asked.digest
    assert sent.recommend({"garden": True}, as_of=DAY) == answer
    assert pickle.loads(pickle.dumps(answer)) == answer  # noqa: S301  likewise
