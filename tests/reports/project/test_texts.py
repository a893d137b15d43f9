"""The texts of a report are kept as one and come apart again as they were."""

import pytest

from reports.models import PROJECT_HEADINGS, ProjectReportText, join_texts, split_texts

COURSE, UNDONE, CONCLUSIONS = PROJECT_HEADINGS.values()


@pytest.mark.parametrize(
    "text",
    [
        "Odbyły się dwa spotkania.",
        "Pierwszy akapit.\n\nDrugi akapit.\nI jego drugi wiersz.",
        f"Plan był taki:\n{CONCLUSIONS}\nnapiszemy później.",
        f"{COURSE}\n{UNDONE}\n{CONCLUSIONS}",
        f" {COURSE}\n  {UNDONE}\n{UNDONE} ",
        f"{CONCLUSIONS}: nowa grupa",
        COURSE.lower(),
        f"Z Windows:\r\n{UNDONE}\r\nkoniec",
        "   wcięty\n\n\n\ntrzy puste wiersze",
    ],
)
def test_what_was_joined_comes_apart(text):
    texts = [(COURSE, text), (UNDONE, "Nic."), (CONCLUSIONS, text)]
    assert split_texts(join_texts(texts)) == texts
    assert split_texts(join_texts([(CONCLUSIONS, text)])) == [(CONCLUSIONS, text)]


def test_the_texts_of_a_row():
    row = ProjectReportText(course=f"Było.\n{UNDONE}\n", conclusions="  Warto powtórzyć.  ")
    assert split_texts(row.full_text) == row.texts
    assert row.texts == [(COURSE, f"Było.\n{UNDONE}"), (CONCLUSIONS, "Warto powtórzyć.")]


def test_a_text_without_heading_and_none():
    assert split_texts("Odbyły się dwa spotkania.\nI koniec.") == [
        ("", "Odbyły się dwa spotkania.\nI koniec.")
    ]
    assert split_texts("") == []
