"""What every test shares: how hypothesis searches, and that no check is left out unnoticed."""

import os
from collections.abc import Generator

import pytest
from hypothesis import settings

# Nothing is kept in the home of whoever runs the tests; those of the cache say where.
os.environ["STEELYARD_CACHE"] = "off"

NO_SKIPS = os.environ.get("STEELYARD_NO_SKIPS") == "1"

# A loaded machine is no fault of the code: no profile has a deadline.
# `dev` looks at other examples on every run and remembers what failed, so that daily work goes on finding things.
settings.register_profile("dev", deadline=None)
# `ci` derives its examples from the test itself: the same commit gets the same verdict, however often it is run.
settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
# `thorough` is for a long look, by hand, at what the laws cover.
settings.register_profile("thorough", deadline=None, max_examples=5000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "dev"))


def fail_if_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a skip into a failure; an expected failure is no skip."""
    if NO_SKIPS and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be skipped (STEELYARD_NO_SKIPS=1): {report.longrepr}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Watch the outcome of every test."""
    report = yield
    fail_if_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Watch the collection of every module: one that skips itself whole is seen here only."""
    report = yield
    fail_if_skipped(report)
    return report
