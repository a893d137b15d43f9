"""An import is stopped before anything is saved; one whose worker was killed is begun again or ended."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from families.people.models import Family
from families.register_import import running, storage
from families.register_import.actions import cancel_import, start_import, upload_register
from families.register_import.models import ImportFile, ImportProgress, ImportState, RegisterImport
from families.register_import.running import clean_up, run_check, run_import
from lubsko_ops.core import clock
from tests.factories import TODAY
from tests.families.register_import.test_import import checked
from tests.families.register_import.workbooks import MALINOWSCY, workbook


def state_of(row) -> str:
    return RegisterImport.objects.get(pk=row.pk).state


@pytest.fixture
def started(maria):
    row = checked(workbook(MALINOWSCY), by=maria)
    return start_import(register_import=row, version=row.version, by=maria)


def test_a_running_import_stops_at_its_next_step(started, monkeypatch):
    steps = []

    def step(progress, number):
        steps.append(number)
        if len(steps) == 5:
            storage.request_cancel(started)
        progress._write(done=len(steps))

    monkeypatch.setattr(storage.JobProgress, "step", step)
    run_import(started.pk)
    assert state_of(started) == ImportState.CANCELLED
    assert len(steps) == 5
    assert not Family.objects.exists()
    assert not storage.load_files(started)


def test_one_that_waits_in_the_queue_is_cancelled_at_once(started, maria):
    cancel_import(register_import=started, by=maria)
    run_import(started.pk)
    assert state_of(started) == ImportState.CANCELLED
    assert not Family.objects.exists()


def test_what_is_imported_is_not_cancelled_any_more(started, maria):
    run_import(started.pk)
    with pytest.raises(ValidationError, match="nie można przerwać: wczytano"):
        cancel_import(register_import=started, by=maria)


def test_a_failure_is_tried_again_and_the_third_one_ends_the_import(started, monkeypatch):
    def fail(**kwargs):
        raise OSError("the disk is full")

    monkeypatch.setattr(running, "import_register", fail)
    for _ in range(2):
        with pytest.raises(OSError):
            run_import(started.pk)
        assert state_of(started) == ImportState.IMPORTING
    run_import(started.pk)
    row = RegisterImport.objects.get(pk=started.pk)
    assert (row.state, row.note) == (ImportState.FAILED, running.FAILED)
    assert not storage.load_files(row)


def test_a_job_without_a_sign_of_life_is_begun_again(started, maria):
    with pytest.raises(ValidationError, match="nie można teraz wczytać: wczytywanie"):
        start_import(register_import=started, version=None, by=maria)
    with clock.freeze_time(clock.now() + storage.STALLED_AFTER + timedelta(seconds=1)):
        start_import(register_import=started, version=None, by=maria)
        run_import(started.pk)
    assert state_of(started) == ImportState.DONE


def test_an_interrupted_check_is_repeated(maria):
    row = upload_register(files=[workbook(MALINOWSCY)], by=maria)
    with clock.freeze_time(clock.now() + storage.STALLED_AFTER + timedelta(seconds=1)):
        start_import(register_import=row, version=row.version, by=maria)
    assert state_of(row) == ImportState.CHECKING
    run_check(row.pk)
    assert state_of(row) == ImportState.READY


def test_only_one_register_is_imported_at_a_time(started, maria):
    other = checked(workbook(MALINOWSCY), by=maria)
    with pytest.raises(ValidationError, match="Trwa wczytywanie innego pliku"):
        start_import(register_import=other, version=other.version, by=maria)


def test_the_night_ends_what_was_interrupted_and_deletes_what_is_old(started, maria):
    waiting = checked(workbook(MALINOWSCY), by=maria)
    with clock.freeze_time(TODAY + timedelta(days=8)):
        assert clean_up() == {"pliki rejestru": 2, "przerwane wczytywania": 2}
    assert [state_of(row) for row in (started, waiting)] == [ImportState.FAILED, ImportState.CANCELLED]
    assert not ImportFile.objects.exists()
    assert ImportProgress.objects.count() == 2


def test_the_night_leaves_what_is_at_work(started):
    assert clean_up() == {"pliki rejestru": 0, "przerwane wczytywania": 0}


def test_the_file_is_not_readable_in_the_database(maria):
    upload_register(files=[b"Nr rodziny;Nazwa rodziny\n1;Malinowscy"], by=maria)
    assert b"Malinowscy" not in bytes(ImportFile.objects.get().content)
