"""Consents and answers as stored rows, for tests of what reads them."""

from lubsko_ops.audit.history import save_with_history
from projects.models import Criterion, CriterionAnswer, ParticipantConsent
from tests.factories import TODAY


def member(family, first_name):
    return family.memberships.select_related("person").get(person__first_name=first_name).person


def sign(edition, by, person, kind="declaration", **fields) -> ParticipantConsent:
    values = {"given_on": TODAY} | fields
    row = ParticipantConsent(edition=edition, person=person, kind=kind, **values)
    return save_with_history(row, by=by, why="Podpisano")


def answer(participation, by, **answers) -> None:
    """Answers by the text of the criterion."""
    for position, (text, value) in enumerate(answers.items(), start=1):
        criterion = Criterion.objects.filter(edition=participation.edition, text=text).first()
        if criterion is None:
            criterion = Criterion(edition=participation.edition, text=text, position=position)
            save_with_history(criterion, by=by, why="Kryterium")
        row = CriterionAnswer(participation=participation, criterion=criterion, answer=value)
        save_with_history(row, by=by, why="Odpowiedź")
