"""What sets two candidates apart."""

import pytest

from steelyard.render.comparison import Difference, contrast


def differences(*sizes: float) -> list[Difference]:
    """Differences of these sizes, on rules named A, B, C and so on."""
    return [Difference(chr(ord("A") + place), size, None) for place, size in enumerate(sizes)]


@pytest.mark.parametrize(
    ("sizes", "sentence"),
    [
        ((), "gets the same points from every rule"),
        ((-6.3, 1.8), "loses 6.3 on “A” and gains 1.8 on “B”"),
        ((-5,), "loses 5 on “A” and gains nothing"),
        ((-5, -2.5), "loses 5 on “A” and 2.5 on “B”, 7.5 in all, and gains nothing"),
        ((-4, 3, 2, 1), "loses 4 on “A” and gains 3 on “B”, 2 on “C” and 1 on “D”, 6 in all"),
        ((-4, -3, -2, -1, 9), "loses 10 on 4 rules, led by “A” (4) and “B” (3), and gains 9 on “E”"),
        ((-0.01,), "loses less than 0.1 on “A” and gains nothing"),
    ],
)
def test_a_contrast_names_the_strongest_rules_either_way(sizes: tuple[float, ...], sentence: str) -> None:
    """Up to three rules are all named with their points, of more the two strongest and the sum."""
    assert sentence == contrast(differences(*sizes))


def test_a_contrast_tells_points_from_not_knowing() -> None:
    """Where one of the two has no rating, the sentence says so."""
    found = [Difference("A", -5, "it"), Difference("B", 4, "Owl")]

    assert "loses 5 on “A” (nothing known of it) and gains 4 on “B” (nothing known of Owl)" == contrast(found)
