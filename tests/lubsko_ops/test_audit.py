"""Writing a row of a case: cleaned, versioned, with history; a breach of a constraint is a Polish sentence."""

from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection

from families.caseload.models import WorkPeriod
from families.people.actions import open_family
from families.people.models import Family
from lubsko_ops.accounts.actions import grant_role
from lubsko_ops.audit.history import VersionConflict, delete_with_history, lock_row, save_with_history
from lubsko_ops.audit.models import AuditedModel
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import Role
from tests.factories import TODAY

RECORDED = [model for model in apps.get_models() if issubclass(model, AuditedModel)]


def test_a_row_knows_who_entered_it_and_when(maria):
    family = open_family(name="Lisowie", on=TODAY, by=maria)
    assert (family.entered_by, family.entered_at, family.version) == (maria, clock.now(), 1)
    history = family.history.get()
    assert (history.history_user, history.history_date) == (maria, clock.now())
    assert history.history_change_reason == "Założenie teczki z dniem 13.10.2026"


def test_a_breach_is_the_constraints_own_sentence_and_leaves_the_transaction_whole(maria, anna):
    with pytest.raises(ValidationError, match="nie można łączyć z obowiązkami pracownika socjalnego"):
        grant_role(user=anna, role=Role.SOCIAL_WORKER, starts_on=date(2026, 1, 1), by=maria)
    assert anna.role_grants.count() == 1


def test_a_row_saved_meanwhile_is_a_conflict(maria):
    family = open_family(name="Lisowie", on=TODAY, by=maria)
    with pytest.raises(VersionConflict):
        lock_row(Family.objects, pk=family.pk, version=family.version - 1)


def test_a_value_out_of_a_dictionary_is_refused(maria, kowalscy):
    period = WorkPeriod.objects.get(family=kowalscy)
    period.closing_reason = "wymyślony"
    with pytest.raises(ValidationError):
        save_with_history(period, by=maria, why="próba")


@pytest.mark.parametrize("model", RECORDED, ids=lambda model: model._meta.label)
def test_every_constraint_of_a_case_row_speaks_polish(model):
    silent = [
        constraint.name
        for constraint in model._meta.constraints
        if constraint.violation_error_message == constraint.default_violation_error_message
    ]
    assert not silent


@pytest.mark.parametrize("model", RECORDED, ids=lambda model: model._meta.label)
def test_every_case_row_has_a_history(model, db):
    assert model.history.model._meta.db_table in connection.introspection.table_names()


class TestTakingBack:
    def test_the_row_goes_and_its_history_says_who_and_why(self, maria, anna):
        family = open_family(name="Lisowie", on=TODAY, by=maria)
        delete_with_history(family, by=anna, why="Wpisano przez pomyłkę: druga teczka tej samej rodziny")
        assert not Family.objects.exists()
        last = Family.history.latest("history_id")
        assert (last.history_type, last.name, last.history_user) == ("-", "Lisowie", anna)
        assert last.history_change_reason == "Wpisano przez pomyłkę: druga teczka tej samej rodziny"
        assert last.history_date == clock.now()

    def test_not_while_other_rows_hang_on_it(self, maria, kowalscy):
        with pytest.raises(ValidationError, match="opierają się inne: adres, członek rodziny"):
            delete_with_history(kowalscy, by=maria, why="próba")
        assert Family.objects.get() == kowalscy
