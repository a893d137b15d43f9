"""An issued paper keeps what it showed; its bytes are rendered once, by the worker or by the first request for it."""

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from lubsko_ops.core import clock
from lubsko_ops.core.actions import action
from lubsko_ops.jobs import nightly
from lubsko_ops.jobs.background import BACKGROUND_JOBS
from lubsko_ops.output import documents, file_store
from lubsko_ops.output.issued_papers import get_content, paper_context, papers_about
from lubsko_ops.output.models import IssuedPaper
from lubsko_ops.output.rendering import RenderingError
from tests.factories import TODAY
from tests.lubsko_ops.output.conftest import pdf_text
from tests.lubsko_ops.output.papers import CONTEXT, issue


@pytest.fixture(autouse=True)
def no_jobs(db):
    """Jobs of the demo centre may be left in the queue by other tests."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def queued() -> list:
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'background'")
        return [json.loads(row[0]) for row in cursor.fetchall()]


def test_the_action_stores_what_the_paper_shows(maria):
    paper = issue(maria)
    paper.refresh_from_db()
    assert paper_context(paper).items() >= CONTEXT.items()
    assert (paper.title, paper.template, paper.template_version) == (
        "Wydruk próbny",
        "print/document.html",
        1,
    )
    assert (paper.issued_by, paper.issued_on, paper.rendered_at) == (maria, TODAY, None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT context FROM output_issuedpaper")
        assert "Lubsko" not in cursor.fetchone()[0]


def test_it_is_rendered_once_and_every_copy_is_those_bytes(maria):
    paper = issue(maria)
    assert queued() == [{"job": "render_paper", "pk": paper.pk}]
    BACKGROUND_JOBS["render_paper"].run(paper.pk)
    first = get_content(paper.pk)
    assert "OPS.2026/001" in pdf_text(first) and "wydruk 13.10.2026" in pdf_text(first).replace("\xa0", " ")
    with clock.freeze_time(TODAY + timedelta(days=400)):
        assert get_content(paper.pk) == first
    paper.refresh_from_db()
    assert (paper.checksum, paper.size) == (file_store.checksum_of(first), len(first))


def test_who_opens_it_first_has_it_rendered_from_the_stored_content(maria):
    paper = issue(maria)
    with clock.freeze_time(TODAY + timedelta(days=3)):
        first = get_content(paper.pk)
    assert "wydruk 13.10.2026" in pdf_text(first).replace("\xa0", " ")
    BACKGROUND_JOBS["render_paper"].run(paper.pk)  # comes too late
    assert get_content(paper.pk) == first


def test_the_nightly_job_renders_what_was_left(maria, monkeypatch):
    paper = issue(maria)
    with monkeypatch.context() as patch, pytest.raises(RenderingError):
        patch.setattr(documents, "render", raise_error)
        get_content(paper.pk)
    assert not IssuedPaper.objects.filter(rendered_at__isnull=False).exists()
    assert nightly.JOBS["issued_papers"].run() == {"wydruki": 1}
    assert nightly.JOBS["issued_papers"].run() == {"wydruki": 0}


def raise_error(*args):
    raise RenderingError("The rendering process ended or took too long.")


def test_an_action_that_is_rolled_back_issues_nothing(maria):
    @action
    def fails():
        issue(maria)
        raise ValidationError("nie")

    with pytest.raises(ValidationError):
        fails()
    assert not IssuedPaper.objects.exists() and queued() == []


def test_a_file_left_without_its_columns_is_the_paper(maria):
    """The process ended between the two, or an older copy of the database was restored."""
    paper = issue(maria)
    file_store.write(paper.stored_as, b"%PDF handed over to the family")
    assert get_content(paper.pk) == b"%PDF handed over to the family"
    assert IssuedPaper.objects.get().rendered_at


def test_a_missing_file_is_not_rendered_anew(maria):
    paper = issue(maria)
    get_content(paper.pk)
    file_store.path_of(paper.stored_as).unlink()
    with pytest.raises(file_store.StoredFileError):
        get_content(paper.pk)


def test_changed_content_is_not_rendered(maria):
    paper = issue(maria)
    IssuedPaper.objects.update(context=paper.context.replace("Lubsko", "Lubin"))
    with pytest.raises(file_store.StoredFileError):
        get_content(paper.pk)


@pytest.mark.parametrize(
    "change", [{"title": "inny"}, {"context_checksum": "0"}, {"template": "print/sample.html"}]
)
def test_the_database_refuses_to_change_a_paper(maria, change):
    issue(maria)
    with pytest.raises(IntegrityError), transaction.atomic():
        IssuedPaper.objects.update(**change)


def test_the_database_refuses_other_bytes(maria):
    paper = issue(maria)
    get_content(paper.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        IssuedPaper.objects.update(checksum="0")


def test_only_plain_values_are_kept(maria):
    with pytest.raises(TypeError, match="User"):
        issue(maria, context={"who": maria})
    with pytest.raises(TypeError):
        issue(maria, context={"who": SimpleNamespace(name="Danuta")})


def test_papers_about_a_subject(maria):
    paper = issue(maria)
    issue(maria, subject=72)
    assert papers_about("plan", 71) == {"sample": paper}
