"""Checking stacks: where their rulesets are found, what parts may take, and what shared needs must have in common."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

import steelyard
from steelyard.library import Checked, check_path, found_at
from steelyard.stack import Rulesets, check_stack, check_stack_data
from tests.stacks import BEDS, PET, PETS, RULESETS, STACK, Data, changed, stack, written
from tests.unit.samples import told


def checked(data: Any, **rulesets: Data) -> list[str]:
    """What checking the stack over these rulesets tells, as codes and pointers."""
    return told(check_stack_data(data, at_hand(**rulesets)).diagnostics)


def at_hand(**rulesets: Data) -> Rulesets:
    """The rulesets of these tests, or others of the same names."""
    models = [steelyard.Ruleset.from_dict(each).model for each in {**RULESETS, **rulesets}.values()]
    return Rulesets(Checked(model, (), model.id) for model in models)


def takes(part: str, **feeds: Any) -> Data:
    """The stack, with a part that takes something else."""
    return changed(STACK, (("parts", part, "takes"), feeds))


def test_a_sound_stack() -> None:
    """A sound stack has its parts in their order, and the needs of all of them, each once."""
    found = stack()
    assert list(found.parts) == ["pet", "bed", "house-vet"]
    assert list(found.needs) == ["garden", "hours", "pet", "floor"]
    assert found.parts["bed"].takes == {"pet": steelyard.Feed("pet", steelyard.Importance.MUST)}
    assert found.parts["house-vet"].takes == {"pet": steelyard.Feed("pet", steelyard.Importance.COULD)}
    assert (found.id, found.version, found.title) == ("pet-bed-vet", "2", "A pet, its bed and its vet")
    assert repr(found) == f"<Stack pet-bed-vet version 2, digest {found.digest[:12]}>"


@pytest.mark.parametrize(
    ("data", "faults"),
    [
        ({}, ["key/missing /parts", "key/missing /stack"]),
        ([], ["value/wrong-type "]),
        (changed(STACK, (("parts",), {})), ["value/empty /parts"]),
        (changed(STACK, (("parts",), None)), ["value/wrong-type /parts"]),
        (changed(STACK, (("parts", "bed"), "beds")), ["value/wrong-type /parts/bed"]),
        (changed(STACK, (("parts", "bed", "rulset"), "beds")), ["key/unknown /parts/bed/rulset"]),
        (changed(STACK, (("parts",), {"a": {}})), ["key/missing /parts/a/ruleset"]),
        (changed(STACK, (("parts", "Bed"), {"ruleset": "beds"})), ["value/bad-id /parts/Bed"]),
        (
            changed(STACK, (("parts",), {f"p{n}": {"ruleset": "pets"} for n in range(51)})),
            ["value/out-of-range /parts"],
        ),
        (changed(STACK, (("stack", "id"), "A stack")), ["value/bad-id /stack/id"]),
        (changed(STACK, (("parts", "bed", "ruleset"), "bed")), ["stack/unknown-ruleset /parts/bed/ruleset"]),
        (changed(STACK, (("parts", "bed", "ruleset"), "./no/such")), ["stack/unknown-ruleset /parts/bed/ruleset"]),
        (changed(STACK, (("parts", "bed", "ruleset"), "/etc")), ["stack/unknown-ruleset /parts/bed/ruleset"]),
        (changed(STACK, (("parts", "bed", "ruleset"), "./x\x00")), ["value/control-character /parts/bed/ruleset"]),
        (takes("bed", pet="pets"), ["stack/unknown-part /parts/bed/takes/pet"]),
        (takes("bed", pet={"part": "pets"}), ["stack/unknown-part /parts/bed/takes/pet/part"]),
        (takes("bed", pet={"importance": "must"}), ["key/missing /parts/bed/takes/pet/part"]),
        (
            takes("bed", pet={"part": "pet", "importance": "may"}),
            ["value/unknown-word /parts/bed/takes/pet/importance"],
        ),
        (takes("bed", pet="house-vet"), ["stack/later-part /parts/bed/takes/pet"]),
        (takes("bed", pet="bed"), ["stack/later-part /parts/bed/takes/pet"]),
        (takes("bed", pat="pet"), ["stack/unknown-need /parts/bed/takes/pat"]),
        (takes("bed", hours="pet"), ["stack/unfit-need /parts/bed/takes/hours"]),
        (
            takes("bed", hours="bed"),
            ["stack/unfit-need /parts/bed/takes/hours", "stack/later-part /parts/bed/takes/hours"],
        ),
        (takes("house-vet", pet="bed"), ["stack/missing-option /parts/house-vet/takes/pet"]),
        (takes("bed", pet=["pet"]), ["value/wrong-type /parts/bed/takes/pet"]),
        (changed(STACK, (("parts", "bed", "takes"), "pet")), ["value/wrong-type /parts/bed/takes"]),
    ],
    ids=str,
)
def test_faults(data: Any, faults: list[str]) -> None:
    """Each fault is told with its code and its place, and one does not bring others along."""
    assert sorted(checked(data)) == sorted(faults)


@pytest.mark.parametrize("takes_", [{}, {"pet": "pet"}])
def test_the_same_ruleset_twice(takes_: Data) -> None:
    """Two parts may ask the same ruleset."""
    data = changed(STACK, (("parts", "second-bed"), {"ruleset": "beds", "takes": takes_}))
    assert checked(data) == []


def test_all_faults_at_once() -> None:
    """The faults of all parts are told together, also where the ruleset of one is not there."""
    data = changed(
        STACK,
        (("parts", "pet", "ruleset"), "petz"),
        (("parts", "bed", "takes"), {"pet": "pett", "pat": "pet"}),
        (("parts", "house-vet", "takes"), {"pet": "house-vet"}),
    )
    assert checked(data) == [
        "stack/unknown-need /parts/bed/takes/pat",
        "stack/unknown-part /parts/bed/takes/pet",
        "stack/later-part /parts/house-vet/takes/pet",
        "stack/unknown-ruleset /parts/pet/ruleset",
    ]


def test_missing_options_are_all_named() -> None:
    """Each candidate that a fed need has no option for is named."""
    animals = {"newt": {"name": "Newt"}, "dog": {"name": "Dog"}, "owl": {"name": "Owl"}}
    rules = {"a": {"criterion": "home", "title": "A", "ratings": {"newt": "good", "owl": "good", "dog": "good"}}}
    (fault,) = check_stack_data(
        STACK, at_hand(pets=changed(PETS, (("candidates",), animals), (("rules",), rules)))
    ).diagnostics[:1]
    assert fault.message == "`pet` of `beds` has no option for `newt` and `owl` of `pets`"


DIFFERENT: dict[str, tuple[Data, str]] = {
    "question": ({**PET, "question": "What pet?"}, "question"),
    "label": ({**PET, "options": {**PET["options"], "cat": "Kitten"}}, "options (another label for `cat`)"),
    "more": ({**PET, "options": {**PET["options"], "owl": "Owl"}}, "options (only `vets` has `owl`)"),
    "fewer": ({**PET, "options": {"dog": "Dog", "cat": "Cat"}}, "options (only `beds` has `fish`)"),
    "order": ({**PET, "options": {"cat": "Cat", "dog": "Dog", "fish": "Fish"}}, "options (another order)"),
    "type": ({**PET, "type": "scale"}, "type (choice and scale)"),
    "both": (
        {**PET, "question": "?", "options": {"dog": "Dog"}},
        "question; options (only `beds` has `cat` and `fish`)",
    ),
}


@pytest.mark.parametrize(("need", "what"), DIFFERENT.values(), ids=DIFFERENT)
def test_shared_needs_must_mean_the_same(need: Data, what: str) -> None:
    """A need with the same id in two rulesets that differs in any way but its help is told, with what differs."""
    vets = changed(
        RULESETS["vets"], (("needs", "pet"), need), (("rules", "calm", "when"), {}), (("rules", "dogs", "when"), {})
    )
    data = changed(STACK, (("parts", "house-vet", "takes"), {}))
    (fault,) = check_stack_data(data, at_hand(vets=vets)).diagnostics
    assert told([fault]) == ["stack/needs-differ /parts/house-vet/ruleset"]
    assert fault.message == f"the need `pet` differs between `beds` and `vets`: {what}"


@pytest.mark.parametrize(
    ("key", "value", "what"), [("maximum", 12, "maximum (24 and 12)"), ("unit", "h", "unit (hours and h)")]
)
def test_shared_numbers_must_have_the_same_bounds(key: str, value: Any, what: str) -> None:
    """Numbers must agree in their bounds and in their unit."""
    beds = changed(BEDS, (("needs", "hours", key), value))
    (fault,) = check_stack_data(STACK, at_hand(beds=beds)).diagnostics
    assert fault.message == f"the need `hours` differs between `pets` and `beds`: {what}"


def test_shared_needs_may_differ_in_their_help() -> None:
    """The help of a need is said to a reader of one ruleset, and may be another in the next."""
    assert checked(STACK, beds=changed(BEDS, (("needs", "hours", "help"), "Count the nights as well."))) == []


def test_places_of_needs_that_differ(tmp_path: Path) -> None:
    """Both places are told, with their lines."""
    folder = written(tmp_path)
    changed_text = json.dumps(changed(BEDS, (("needs", "hours", "minimum"), 1)), indent=1)
    (folder / "beds" / "ruleset.yaml").write_text(changed_text)
    (fault,) = check_stack(folder / "stacks" / "pet-bed-vet.yaml", Rulesets()).diagnostics
    line = changed_text[: changed_text.index('"hours"')].count("\n") + 1
    assert "ruleset.yaml:1` with `" in (fault.help or "")
    assert f"beds/ruleset.yaml:{line}`" in (fault.help or "")


def test_a_faulty_ruleset_is_told_once(tmp_path: Path) -> None:
    """A stack over a ruleset with errors has one of its own, which does not repeat them."""
    folder = written(tmp_path)
    (folder / "beds" / "ruleset.yaml").write_text(json.dumps(changed(BEDS, (("rules", "low", "weight"), -1))))
    rulesets = [check_path(path) for path in found_at(folder).rulesets]
    for known in (Rulesets(rulesets), Rulesets()):
        (fault,) = check_stack(folder / "stacks" / "pet-bed-vet.yaml", known).diagnostics
        assert told([fault]) == ["stack/faulty-ruleset /parts/bed/ruleset"]
        assert fault.message == "the ruleset `beds` has 1 error"


def test_rulesets_beside_a_stack(tmp_path: Path) -> None:
    """A stack's file alone finds rulesets by their id in its folder, in the one above, and among those that ship."""
    folder = written(tmp_path)
    (folder / "vets" / "ruleset.yaml").rename(folder / "stacks" / "vets.yml")
    path = folder / "stacks" / "pet-bed-vet.yaml"
    data = changed(STACK, (("parts", "framework"), {"ruleset": "pytorch-vs-tensorflow-2020"}))
    path.write_text(json.dumps(data))
    assert list(steelyard.load_stack(path).parts) == [*STACK["parts"], "framework"]


@pytest.mark.parametrize("name", ["../beds", "../beds/ruleset.yaml", "./../beds"])
def test_rulesets_at_a_path(name: str, tmp_path: Path) -> None:
    """A path is taken from the folder of the stack's file, wherever the program runs; how it is named is no content."""
    folder = written(tmp_path)
    path = folder / "stacks" / "pet-bed-vet.yaml"
    path.write_text(json.dumps(changed(STACK, (("parts", "bed", "ruleset"), name))))
    assert steelyard.load_stack(path).digest == stack().digest


def test_a_folder_without_a_ruleset_is_passed_over(tmp_path: Path) -> None:
    """A folder beside the stack that is called like a ruleset that ships, but holds none, hides it from nobody."""
    folder = written(tmp_path)
    (folder / "pytorch-vs-tensorflow-2020").mkdir()
    (folder / "stacks" / "pytorch-vs-tensorflow-2020.yaml").write_text(json.dumps(STACK))
    path = folder / "stacks" / "pet-bed-vet.yaml"
    path.write_text(json.dumps(changed(STACK, (("parts", "framework"), {"ruleset": "pytorch-vs-tensorflow-2020"}))))
    assert check_stack(path, Rulesets()).diagnostics == ()


def test_a_ruleset_of_another_id_is_not_taken(tmp_path: Path) -> None:
    """A folder that is called like the wanted ruleset, but holds another, is not the wanted one."""
    folder = written(tmp_path)
    (folder / "beds" / "ruleset.yaml").write_text(json.dumps(changed(BEDS, (("ruleset", "id"), "sofas"))))
    assert told(check_stack(folder / "stacks" / "pet-bed-vet.yaml", Rulesets()).diagnostics) == [
        "stack/unknown-ruleset /parts/bed/ruleset"
    ]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("pets", "file/wrong-kind"),
        ("pets/ruleset.yaml", "file/wrong-kind"),
        ("missing.yaml", "file/not-found"),
        ("stacks", "file/wrong-kind"),
        ("empty.yaml", "file/empty"),
    ],
)
def test_what_is_no_stack(name: str, code: str, tmp_path: Path) -> None:
    """A ruleset, a folder and an empty file are no stacks, and told as what they are."""
    folder = written(tmp_path)
    (folder / "empty.yaml").write_text("")
    with pytest.raises(steelyard.RulesetError) as caught:
        steelyard.load_stack(folder / name)
    assert [each.code.value for each in caught.value.diagnostics] == [code]


def test_a_stack_is_no_ruleset(tmp_path: Path) -> None:
    """Whoever loads a stack as a ruleset is told how a stack is asked."""
    folder = written(tmp_path)
    with pytest.raises(steelyard.RulesetError, match="is a stack, not a ruleset"):
        steelyard.load(folder / "stacks" / "pet-bed-vet.yaml")
    with pytest.raises(steelyard.RulesetError, match="holds no YAML file without the section `stack`"):
        steelyard.load(folder / "stacks")


@pytest.mark.parametrize("name", ["pet-bed-vat", "x" * 300])
def test_unknown_stacks(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is neither the id of a stack that ships nor a path is told."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(steelyard.RulesetError) as caught:
        steelyard.load_stack(name)
    assert told(caught.value.diagnostics) == ["request/unknown-stack "]


def test_stacks_that_ship() -> None:
    """The stacks that ship have the names of their files, and load."""
    for name, path in steelyard.shipped_stacks().items():
        assert steelyard.load_stack(name).id == name == path.stem


@pytest.mark.skipif(not Path(os.devnull).is_char_device(), reason="this system has no devices among its files")
def test_a_device_is_no_ruleset(tmp_path: Path) -> None:
    """What is neither a file nor a folder, and might be waited for without end, is not opened for a stack."""
    path = written(tmp_path) / "stacks" / "pet-bed-vet.yaml"
    named = "./" + os.path.relpath(os.devnull, path.parent.resolve())
    path.write_text(json.dumps(changed(STACK, (("parts", "pet", "ruleset"), named))))
    assert told(check_stack(path, Rulesets()).diagnostics) == ["stack/unknown-ruleset /parts/pet/ruleset"]
