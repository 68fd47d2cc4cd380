"""The collector of cycles is paused while rulesets are loaded, and afterwards it is as it was."""

import gc
from collections.abc import Iterator

import pytest

from steelyard.library.collector import collector_paused


@pytest.fixture(params=[True, False])
def was_enabled(request: pytest.FixtureRequest) -> Iterator[bool]:
    """Whether the collector is on before."""
    before = gc.isenabled()
    (gc.enable if request.param else gc.disable)()
    yield request.param
    (gc.enable if before else gc.disable)()


def test_it_is_as_it_was(was_enabled: bool) -> None:
    """Loads within loads keep it paused, an error ends the pause, and who had turned it off finds it off."""
    with collector_paused():
        assert not gc.isenabled()
        with pytest.raises(KeyError), collector_paused():
            raise KeyError
        assert not gc.isenabled()
    assert gc.isenabled() == was_enabled


def test_loads_that_overlap(was_enabled: bool) -> None:
    """Of loads in several threads, the last to end ends the pause."""
    first, second = collector_paused(), collector_paused()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert not gc.isenabled()
    second.__exit__(None, None, None)
    assert gc.isenabled() == was_enabled
