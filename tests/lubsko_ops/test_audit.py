"""Writing audited rows: validation, versions, history, messages of constraints."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import connection

from families.caseload.models import WorkPeriod
from families.people.actions import open_family
from families.people.models import Family
from lubsko_ops.accounts.actions import grant_role
from lubsko_ops.audit.history import VersionConflict, delete_with_history, lock_row, save_with_history
from lubsko_ops.audit.models import AuditedModel
from lubsko_ops.core import clock
from lubsko_ops.core.own_apps import get_own_models
from lubsko_ops.core.permissions import Role
from tests.factories import TODAY

RECORDED = [model for model in get_own_models() if issubclass(model, AuditedModel)]


def test_saving_records_the_author_time_and_history(maria):
    family = open_family(name="Lisowie", on=TODAY, by=maria)
    assert (family.entered_by, family.entered_at, family.version) == (maria, clock.now(), 1)
    history = family.history.get()
    assert (history.history_user, history.history_date) == (maria, clock.now())
    assert history.history_change_reason == "Założenie teczki z dniem 13.10.2026"


def test_a_constraint_violation_gives_its_message_and_keeps_the_transaction(maria, anna):
    with pytest.raises(ValidationError, match="nie można łączyć z obowiązkami pracownika socjalnego"):
        grant_role(user=anna, role=Role.SOCIAL_WORKER, starts_on=date(2026, 1, 1), by=maria)
    assert anna.role_grants.count() == 1


def test_lock_row_raises_a_conflict_for_an_old_version(maria):
    family = open_family(name="Lisowie", on=TODAY, by=maria)
    with pytest.raises(VersionConflict):
        lock_row(Family.objects, pk=family.pk, version=family.version - 1)


def test_an_unknown_choice_is_refused(maria, kowalscy):
    period = WorkPeriod.objects.get(family=kowalscy)
    period.closing_reason = "wymyślony"
    with pytest.raises(ValidationError):
        save_with_history(period, by=maria, why="próba")


@pytest.mark.parametrize("model", RECORDED, ids=lambda model: model._meta.label)
def test_every_constraint_has_a_polish_message(model):
    silent = [
        constraint.name
        for constraint in model._meta.constraints
        if constraint.violation_error_message == constraint.default_violation_error_message
    ]
    assert not silent


@pytest.mark.parametrize("model", RECORDED, ids=lambda model: model._meta.label)
def test_every_audited_model_has_a_history_table(model, db):
    history = model.history.model
    assert history._meta.db_table in connection.introspection.table_names()
    assert history._meta.app_label == model._meta.app_label
    assert history._meta.get_field("history_user").related_model is get_user_model()


class TestDeleteWithHistory:
    def test_the_history_of_a_deleted_row_has_author_and_reason(self, maria, anna):
        family = open_family(name="Lisowie", on=TODAY, by=maria)
        delete_with_history(family, by=anna, why="Wpisano przez pomyłkę: druga teczka tej samej rodziny")
        assert not Family.objects.exists()
        last = Family.history.latest("history_id")
        assert (last.history_type, last.name, last.history_user) == ("-", "Lisowie", anna)
        assert last.history_change_reason == "Wpisano przez pomyłkę: druga teczka tej samej rodziny"
        assert last.history_date == clock.now()

    def test_refused_while_other_rows_refer_to_it(self, maria, kowalscy):
        with pytest.raises(ValidationError, match="opierają się inne: adres, członek rodziny"):
            delete_with_history(kowalscy, by=maria, why="próba")
        assert Family.objects.get() == kowalscy


def test_every_recorded_model_is_walked(walked):
    walked("models with history", len(RECORDED), at_least=32)
