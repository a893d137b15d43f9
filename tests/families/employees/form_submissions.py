"""Valid submissions of the forms of assistants' files: (URL name, user, function of the request)."""

from datetime import date
from decimal import Decimal

from django.urls import reverse

from families.employees.actions import add_document, record_absence, record_training, withdraw_confirmation
from families.employees.models import Absence, EmployeeDocument, Training
from lubsko_ops.accounts.models import Contract
from tests.factories import TODAY


def document(user, *, by, kind="course", **values):
    """A document in the file of the user."""
    row = EmployeeDocument(kind=kind, dated=date(2019, 5, 6), **values)
    add_document(user=user, document=row, by=by)
    return row


def training(user, *, by):
    values = Training(kind="supervision", held_on=date(2026, 6, 1), hours=Decimal(3), subject="Granice")
    return record_training(users=[user], training=values, by=by)[0]


def absence(user, *, by):
    values = Absence(reason="leave", starts_on=date(2026, 11, 2), ends_on=date(2026, 11, 6))
    return record_absence(user=user, absence=values, by=by)


def _contract(user, *, by):
    return Contract.objects.get(user=user)


def _form(name, row=None, *args, before=None, **fields):
    """A form about anna; ``row`` makes the row named in the URL."""

    def fill(request):
        anna, maria = request.getfixturevalue("anna"), request.getfixturevalue("maria")
        if before:
            before(user=anna, why="próba", by=maria)
        rows = [row(anna, by=maria).pk] if row else []
        return reverse(name, args=[anna.pk, *args, *rows]), fields

    return (name, "maria", fill)


EMPLOYEE_SUBMISSIONS = [
    _form("families:employee-file-edit", variant="degree", languages="ukraiński"),
    _form("families:employee-confirm", before=withdraw_confirmation, point_contract="on"),
    _form("families:employee-withdraw", why="nowe oświadczenia"),
    _form("families:employee-document-add", None, "course", dated="06.05.2019", details="asystent rodziny"),
    _form("families:employee-document", document, details="230 godzin"),
    _form("families:employee-document-remove", document, why="inna osoba"),
    _form(
        "families:contract-add",
        form="employment",
        starts_on="01.02.2019",
        ends_on="31.12.2019",
        fraction="0,5",
    ),
    _form("families:contract", _contract, family_limit="8", why="aneks"),
    _form("families:contract-remove", _contract, why="pomyłka"),
    _form(
        "families:training-add", kind="training", held_on=f"{TODAY:%d.%m.%Y}", hours="1,5", subject="Dialog"
    ),
    _form("families:training", training, subject="Granice w pracy"),
    _form("families:training-remove", training, why="pomyłka"),
    _form("families:absence-add", starts_on="07.12.2026", ends_on="11.12.2026", reason="leave"),
    _form("families:absence", absence, ends_on="09.11.2026"),
    _form("families:absence-remove", absence, why="pomyłka"),
]
