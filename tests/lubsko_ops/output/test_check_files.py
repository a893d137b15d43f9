"""manage.py check_files: every stored file is compared with the database."""

from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from lubsko_ops.output import file_store
from lubsko_ops.output.issued_papers import get_content
from lubsko_ops.output.models import IssuedPaper
from tests.lubsko_ops.output.papers import issue


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = str(tmp_path)


@pytest.fixture
def papers(maria):
    papers = [issue(maria, subject=number) for number in range(3)]
    for paper in papers:
        get_content(paper.pk)
    return papers


def check() -> str:
    output = StringIO()
    try:
        call_command("check_files", stdout=output)
    except CommandError as failure:
        output.write(f"FAILED: {failure}")
    return output.getvalue().replace("\xa0", " ")


def test_all_as_written(papers, maria):
    issue(maria, subject=9)
    text = check()
    assert "Sprawdzono: 4 pliki." in text and "Jeszcze nie powstało: 1 plik." in text
    assert "Wszystkie pliki są takie, jakie zapisano." in text and "FAILED" not in text


def test_before_the_first_paper(db):
    assert "FAILED" not in check()


def test_missing_damaged_and_superfluous(papers):
    gone, damaged, _ = papers
    file_store.path_of(gone.stored_as).unlink()
    file_store.path_of(damaged.stored_as).write_bytes(b"0")
    stray = uuid4()
    file_store.write(stray, b"x")
    text = check()
    assert f"wydruk {gone.pk}, plik {gone.stored_as.hex}: brakuje" in text
    assert f"wydruk {damaged.pk}, plik {damaged.stored_as.hex}: uszkodzony" in text
    assert f"plik {stray.hex}: zbędny" in text
    assert "FAILED" in text
    assert IssuedPaper.objects.count() == 3 and file_store.exists(stray)  # nothing is put right by itself
