"""./dev manage harmonogram: days of a sentence on the terminal."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command


def run(*args: str) -> tuple[list[str], int]:
    """The lines printed and the exit code."""
    out = StringIO()
    try:
        call_command("harmonogram", *args, stdout=out, stderr=StringIO())
    except SystemExit as ending:
        return out.getvalue().splitlines(), int(ending.code)
    return out.getvalue().splitlines(), 0


def test_it_prints_the_days_and_the_total():
    lines, code = run("w poniedziałki i czwartki od 5.11.2026 do 12.11.2026", "--godziny", "16:00-18:00")
    assert lines == [
        "2026-11-05",
        "2026-11-09",
        "2026-11-12",
        "Razem: 3 spotkania, 6 godzin (8 godzin lekcyjnych).",
    ]
    assert code == 0


def test_a_holiday_is_kept_and_named():
    lines, _ = run("we wtorki i środy od 9.11.2026 do 15.11.2026")
    assert lines == ["2026-11-10", "2026-11-11 święto: Narodowe Święto Niepodległości", "Razem: 2 spotkania."]


def test_a_meeting_over_days_has_both():
    lines, _ = run("6–8 listopada 2026")
    assert lines == ["2026-11-06/2026-11-08", "Razem: 1 spotkanie."]


def test_the_declared_number_is_compared():
    lines, code = run("w piątki listopada 2026", "--razem", "5")
    assert lines[-1] == "Razem: 4 spotkania. Zadeklarowano 5, a wynika 4. Brakuje 1 spotkania."
    assert code == 0


def test_the_declared_number_ends_a_series():
    lines, _ = run("co drugi piątek od 6.11.2026", "--razem", "2")
    assert lines == ["2026-11-06", "2026-11-20", "Razem: 2 spotkania."]


@pytest.mark.parametrize(
    ("sentence", "first_line"),
    [
        ("co drugi piątek", "Kiedy są spotkania „co drugi piątek”?"),
        ("w piąteczki listopada 2026", "Nie rozumiem: „piąteczki”."),
        ("w środy od 31.12.2026 do 1.12.2026", "Koniec (01.12.2026) jest przed początkiem (31.12.2026)."),
        ("w środy od 7.10.2026 bezterminowo", "Ten harmonogram nie ma końca."),
    ],
)
def test_what_is_missing_is_asked(sentence, first_line):
    lines, code = run(sentence)
    assert lines[0].startswith(first_line)
    assert code == 2


def test_hours_that_are_none_are_refused():
    with pytest.raises(CommandError, match="Nie rozumiem godzin"):
        run("5.10.2026", "--godziny", "rano")
