"""A million requests as coded columns, drawn as those of the workload are, and any of them as plain data."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.bench.workload import LOGARITHMIC, NEEDS, SEED, Answers, Need, Value

Column = NDArray[Any]
Columns = Mapping[str, Column]
"""By need: the place of the option chosen; the set of the options chosen, bit k for option k; 0 or 1; or the number."""


def columns(count: int) -> Columns:
    """So many requests; the first of many are not those of few."""
    rng = np.random.default_rng(SEED)
    return {name: _column(name, need, count, rng) for name, need in NEEDS.items()}


def _column(name: str, need: Need, count: int, rng: np.random.Generator) -> Column:
    if need.kind == "choice":
        return rng.integers(len(need.options), size=count, dtype=np.int32)
    if need.kind == "choices":
        return _sets(len(need.options), count, rng)
    if need.kind == "flag":
        return rng.integers(2, size=count, dtype=np.int8)
    if name in LOGARITHMIC:
        numbers = np.exp(rng.uniform(math.log(need.minimum), math.log(need.maximum), count))
        return numbers.round().astype(np.int32) if need.whole else numbers.round(2)
    return rng.integers(int(need.minimum), int(need.maximum), size=count, endpoint=True, dtype=np.int32)


def _sets(options: int, count: int, rng: np.random.Generator) -> Column:
    """One to three options: those with the smallest of as many random numbers."""
    order = rng.random((count, options)).argsort(axis=1)[:, :3]
    is_present = np.arange(3) < rng.integers(1, 3, size=count, endpoint=True)[:, None]
    sets: Column = ((1 << order) * is_present).sum(axis=1).astype(np.int32)
    return sets


def rows(given: Columns, count: int) -> Iterator[Answers]:
    """The first requests as plain data."""
    firsts = {name: column[:count].tolist() for name, column in given.items()}
    for values in zip(*firsts.values(), strict=True):
        yield {name: _value(NEEDS[name], value) for name, value in zip(firsts, values, strict=True)}


def _value(need: Need, coded: float) -> Value:
    if need.kind == "choice":
        return need.options[int(coded)]
    if need.kind == "choices":
        return [option for place, option in enumerate(need.options) if int(coded) >> place & 1]
    return bool(coded) if need.kind == "flag" else coded


def flags_of(name: str, given: Columns) -> Mapping[str, Column]:
    """A column of sets as a column of flags for each option, by the name of the option."""
    return {option: (given[name] >> place & 1).astype(np.bool_) for place, option in enumerate(NEEDS[name].options)}
