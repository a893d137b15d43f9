"""What the sweep tests walked: each says how many models, addresses, forms … it saw, and fails below its floor.

The counts are printed at the end of the run, also when the tests run in several processes.
"""

import pytest

PREFIX = "walked "


@pytest.fixture
def walked(record_property):
    """walked("models", 57, at_least=50) records the number and fails when the sweep saw fewer."""

    def record(what: str, number: int, *, at_least: int) -> None:
        record_property(PREFIX + what, number)
        assert number >= at_least, f"{number} {what}, fewer than {at_least}: has the sweep lost some?"

    return record


def pytest_terminal_summary(terminalreporter) -> None:
    reports = [each for name in ("passed", "failed") for each in terminalreporter.getreports(name)]
    counts = sorted(
        (name.removeprefix(PREFIX), number)
        for each in reports
        for name, number in each.user_properties
        if name.startswith(PREFIX)
    )
    if counts:
        terminalreporter.section("walked by the sweeps")
        for name, number in counts:
            terminalreporter.write_line(f"{number:>6}  {name}")
