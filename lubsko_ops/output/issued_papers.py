"""Papers that are kept as issued: what they show is fixed by an action, their bytes are rendered once after it.

``issue_paper`` stores the content in the transaction of the action and asks the worker to render it. A paper opened
before that is rendered at once, from the stored content; afterwards everybody gets the stored bytes.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from lubsko_ops.accounts.models import User
from lubsko_ops.centre.models import Centre, get_letterhead
from lubsko_ops.core import actions, clock
from lubsko_ops.core.registry import Registry
from lubsko_ops.jobs.background import start_job
from lubsko_ops.output import file_store
from lubsko_ops.output.documents import DocumentResponse, document_html, render_pdf
from lubsko_ops.output.models import IssuedPaper

RENDER_JOB = "render_paper"


@dataclass(frozen=True)
class PaperKind:
    """A kind of issued paper.

    A change of the template that needs another context gets a new template and the next ``version``; the old one stays
    for papers that were issued and not rendered yet.
    """

    code: str
    title: str
    template: str
    version: int = 1


PAPER_KINDS: Registry[PaperKind] = Registry("kinds of issued papers", key=lambda kind: kind.code)


@actions.action
def issue_paper(
    *,
    kind: PaperKind,
    file: tuple[str, int],
    subject: tuple[str, int],
    number: str,
    context: dict[str, Any],
    by: User,
) -> IssuedPaper:
    """Fix what a paper shows; its bytes follow after the commit.

    ``context``: plain values, days and moments; the centre of today and ``printed_at`` are added. ``number`` and the
    title of the kind name nobody.
    """
    moment = actions.moment()
    whole = {
        "centre": get_letterhead().letterhead_values(),
        "printed_at": moment.replace(microsecond=0),
    }
    text = _dump(context | whole)
    paper = IssuedPaper(
        kind=kind.code,
        file_kind=file[0],
        file_id=file[1],
        subject_kind=subject[0],
        subject_id=subject[1],
        number=number,
        title=kind.title,
        template=kind.template,
        template_version=kind.version,
        context=text,
        context_checksum=file_store.checksum_of(text.encode()),
        issued_at=moment,
        issued_by=by,
    )
    paper.save(force_insert=True)
    start_job(RENDER_JOB, paper.pk)
    return paper


def papers_about(subject_kind: str, subject_id: int) -> dict[str, IssuedPaper]:
    """The papers about a subject by the code of their kind, the newest of each. One statement."""
    rows = IssuedPaper.objects.filter(subject_kind=subject_kind, subject_id=subject_id).order_by("pk")
    return {paper.kind: paper for paper in rows}


def paper_context(paper: IssuedPaper) -> dict[str, Any]:
    """What the paper shows. Raises StoredFileError when the stored content is not the one that was issued."""
    if file_store.checksum_of(paper.context.encode()) != paper.context_checksum:
        raise file_store.StoredFileError(f"The content of paper {paper.pk} is not the one that was issued.")
    context: dict[str, Any] = json.loads(paper.context, object_hook=_load)
    return context | {"centre": Centre(**context["centre"])}


def get_content(pk: int) -> bytes:
    """The bytes of a paper: the stored ones, or those rendered and stored now.

    Outside any transaction that was open before: it renders. Raises StoredFileError, RenderingError and PdfError.
    """
    paper = IssuedPaper.objects.get(pk=pk)
    if paper.rendered_at is None and not file_store.exists(paper.stored_as):
        html = document_html(paper.template, paper_context(paper))
        return _store(pk, render_pdf(html))
    # A file without its columns: the process ended in between, or an older copy of the database was restored.
    content = file_store.read(paper.stored_as, paper.checksum)
    return content if paper.rendered_at else _store(pk, content)


def _store(pk: int, content: bytes) -> bytes:
    """Store the bytes unless somebody else was first; returns those that are stored."""
    with transaction.atomic():
        paper = IssuedPaper.objects.select_for_update(no_key=True).get(pk=pk)
        if paper.rendered_at is None:
            if not file_store.exists(paper.stored_as):
                file_store.write(paper.stored_as, content)
            content = file_store.read(paper.stored_as)
            paper.checksum, paper.size = file_store.checksum_of(content), len(content)
            paper.rendered_at = clock.now()
            paper.save(update_fields=["checksum", "size", "rendered_at"])
            return content
    return file_store.read(paper.stored_as, paper.checksum)


def render_missing() -> dict[str, int]:
    """Render every paper that has no bytes yet; returns how many, for the nightly job."""
    waiting = list(IssuedPaper.objects.filter(rendered_at=None).order_by("pk").values_list("pk", flat=True))
    for pk in waiting:
        get_content(pk)
    return {"wydruki": len(waiting)}


class IssuedPaperResponse(DocumentResponse):
    """An issued paper in a tab; its bytes are read or rendered after the commit."""

    def __init__(self, paper: IssuedPaper, filename: str) -> None:
        super().__init__(filename, "application/pdf", get_content, paper.pk, inline=True)

    def make_content(self) -> None:
        self.content = get_content(*self.args)
        self["Content-Length"] = str(len(self.content))


# ---- the context as JSON -----------------------------------------------------------------------------
def _dump(context: dict[str, Any]) -> str:
    return json.dumps(context, default=_plain, ensure_ascii=False, sort_keys=True)


def _plain(value: Any) -> dict[str, str]:
    """Days and moments, which templates format; anything else is not plain and is refused."""
    if isinstance(value, datetime):
        return {"$moment": value.isoformat()}
    if isinstance(value, date):
        return {"$day": value.isoformat()}
    raise TypeError(f"{type(value).__name__} cannot be kept in an issued paper.")


def _load(value: dict[str, Any]) -> Any:
    if value.keys() == {"$moment"}:
        return datetime.fromisoformat(value["$moment"])
    return date.fromisoformat(value["$day"]) if value.keys() == {"$day"} else value


def get_listed_files() -> Iterator[file_store.ListedFile]:
    """The files of all papers, for ``manage.py check_files``."""
    papers = IssuedPaper.objects.order_by("pk").values_list("pk", "stored_as", "checksum")
    for pk, name, checksum in papers.iterator(chunk_size=2000):
        yield file_store.ListedFile(f"wydruk {pk}", name, checksum)
