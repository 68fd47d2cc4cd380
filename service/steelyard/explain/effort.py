"""How much is tried before a search is given up, so that no request takes long, however large the ruleset."""

_MOST_RULES_WEIGHED = 10_000_000
_FEWEST_RULES = 100


class Effort:
    """Counts what is tried. The bound depends on nothing but the ruleset: the same question gets the same answer."""

    def __init__(self, rules: int) -> None:
        """Allows so many trials that large rulesets, whose trials cost more, get fewer of them."""
        self._left = _MOST_RULES_WEIGHED // max(rules, _FEWEST_RULES)
        self.is_spent = False

    def take(self) -> bool:
        """Whether one more may be tried; from the first time that it is not, the effort is spent."""
        if self._left <= 0:
            self.is_spent = True
            return False
        self._left -= 1
        return True

    def spend(self) -> None:
        """Leaves nothing to try."""
        self._left, self.is_spent = 0, True
