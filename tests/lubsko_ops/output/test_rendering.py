"""Documents are rendered after the commit, in a process of their own that is limited and replaced."""

import os
import re
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse

from lubsko_ops.audit.models import AccessLogEntry
from lubsko_ops.output import documents, rendering
from lubsko_ops.output.documents import static_folder
from lubsko_ops.output.pdf import PdfError, write_pdf
from lubsko_ops.output.rendering import RenderingError, RenderingProcess, Slots
from tests.devtools.programs import gone

from .conftest import html_page, pdf_text
from .rendering_functions import end_always, end_at_once, never_end, process_id, take_all_memory


@pytest.fixture
def process():
    process = RenderingProcess()
    yield process
    process.stop()


def test_it_has_low_priority_and_no_secrets(process):
    answer = process.run(subprocess.check_output, ["/usr/bin/env"]).decode()
    assert "SECRET" not in answer and "DATABASE_URL" not in answer
    assert process.run(subprocess.check_output, ["/bin/sh", "-c", "nice"]).decode().strip() == "10"


def test_documents_of_concurrent_threads_are_not_mixed_up(process):
    def one(number: int) -> str:
        html = html_page(f"<h1>Dokument {number}</h1><p>{'zażółć gęślą jaźń ' * 60}</p>")
        return pdf_text(process.run(write_pdf, html, static_folder()))

    with ThreadPoolExecutor(8) as threads:
        texts = list(threads.map(one, range(12)))
    for number, text in enumerate(texts):
        assert re.findall(r"Dokument \d+", text) == [f"Dokument {number}"]
        assert text.split().count("gęślą") == 60


def test_a_refused_document_is_refused_in_the_same_words(process):
    with pytest.raises(PdfError, match="Dokument nie powstał"):
        process.run(write_pdf, html_page('<img src="http://x.example/" alt="x">'), static_folder())


def test_a_process_that_ends_is_replaced_and_the_document_tried_again(process, tmp_path):
    assert process.run(end_at_once, str(tmp_path / "marker")) == b"second"


def test_a_document_that_ends_every_process_is_given_up_and_the_next_one_is_made(process):
    with pytest.raises(RenderingError):
        process.run(end_always)
    assert int(process.run(process_id)) > 0


def test_memory_is_limited(process):
    with pytest.raises(MemoryError):
        process.run(take_all_memory)


def test_an_endless_document_is_given_up_at_once(process, monkeypatch, tmp_path):
    process.run(process_id)
    monkeypatch.setattr(rendering, "MAX_SECONDS", 1)
    started, attempts = time.monotonic(), tmp_path / "attempts"
    with pytest.raises(RenderingError):
        process.run(never_end, str(attempts))
    assert time.monotonic() - started < 30
    assert attempts.read_text() == "."


def test_the_process_is_replaced_after_a_number_of_documents(process, monkeypatch):
    monkeypatch.setattr(rendering, "DOCUMENTS_PER_PROCESS", 2)
    pids = [process.run(process_id) for _ in range(5)]
    assert pids[0] == pids[1] != pids[2] == pids[3] != pids[4]


WEB_PROCESS = """
import time
from lubsko_ops.output.rendering import RenderingProcess
from tests.lubsko_ops.output.rendering_functions import make_file, process_id
process = RenderingProcess()
print(process.run(process_id).decode(), process.run(make_file).decode(), flush=True)
time.sleep(60)
"""


def test_it_ends_and_leaves_no_files_when_the_web_process_is_killed():
    root = Path(__file__).resolve().parents[3]
    environment = os.environ | {"PYTHONPATH": str(root)}
    web = subprocess.Popen(
        [sys.executable, "-c", WEB_PROCESS], cwd=root, env=environment, stdout=subprocess.PIPE, text=True
    )
    pid, file = web.stdout.readline().split()
    assert Path(f"/proc/{pid}").exists() and Path(file).exists()
    web.kill()
    web.wait()
    web.stdout.close()
    assert gone(int(pid))
    assert not Path(file).parent.exists()


# ---- places ------------------------------------------------------------------------------------------
def test_a_place_is_free_again_after_an_error():
    slots = Slots(working=1, waiting=0, patience=0)
    with pytest.raises(ZeroDivisionError), slots.take() as free:
        assert free
        _ = 1 / 0
    with slots.take() as free:
        assert free


def test_a_few_wait_for_a_place_and_others_are_refused_at_once():
    slots = Slots(working=1, waiting=1, patience=10)
    waiting, answers = threading.Event(), []

    def wait():
        waiting.set()
        with slots.take() as free:
            answers.append(free)

    with slots.take() as free:
        assert free
        thread = threading.Thread(target=wait)
        thread.start()
        waiting.wait(5)
        while slots._all.acquire(blocking=False):  # until the thread has taken the last one
            slots._all.release()
        started = time.monotonic()
        with slots.take() as third:
            assert not third
        assert time.monotonic() - started < 5
    thread.join(5)
    assert answers == [True]


def test_patience_ends():
    slots = Slots(working=1, waiting=1, patience=0.05)
    with slots.take(), slots.take() as second:
        assert not second


# ---- responses ---------------------------------------------------------------------------------------
@pytest.fixture
def paper(kowalscy):
    return reverse("families:plan-blank-pdf", args=[kowalscy.pk])


def test_who_finds_no_place_gets_a_page_that_asks_again(as_anna, paper, monkeypatch):
    monkeypatch.setattr(rendering, "slots", Slots(working=0, waiting=1, patience=0))
    response = as_anna.get(paper)
    page = response.content.decode()
    assert response.status_code == 202
    assert "Wydruk w kolejce" in page
    assert f'<meta http-equiv="refresh" content="3; url={paper}">' in page
    assert not AccessLogEntry.objects.filter(view_name="families:plan-blank-pdf").exists()


@pytest.mark.django_db(transaction=True)
def test_the_document_is_rendered_after_the_commit_and_its_log_entry(as_anna, paper, monkeypatch):
    seen = []

    def spy(html, static):
        seen.append((connection.in_atomic_block, AccessLogEntry.objects.count()))
        return b"%PDF-1.7"

    monkeypatch.setattr(documents, "write_pdf", spy)
    before = AccessLogEntry.objects.count()
    response = as_anna.get(paper)
    assert response.content == b"%PDF-1.7"
    assert response["Content-Length"] == "8"
    assert seen == [(False, before + 1)]


@pytest.mark.parametrize(
    ("error", "status", "sentence"),
    [(RenderingError("x"), 503, "Wydruk nie powstał"), (PdfError("x"), 500, "Coś poszło nie tak")],
)
def test_a_document_that_cannot_be_made_is_a_plain_page(as_anna, paper, monkeypatch, error, status, sentence):
    def fail(html, static):
        raise error

    monkeypatch.setattr(documents, "write_pdf", fail)
    response = as_anna.get(paper)
    assert response.status_code == status
    assert sentence in response.content.decode()
    assert not response.has_header("Content-Disposition")


def test_a_real_paper_through_the_process(as_anna, paper, settings):
    settings.RENDERING_PROCESS = True
    response = as_anna.get(paper)
    assert response["Content-Type"] == "application/pdf"
    assert "Kowalska" in pdf_text(response.content)
