"""Edit forms of the staff and the settings for tests/test_edit_forms_unchanged.py: (URL name, user, make, typed)."""

from collections.abc import Callable
from decimal import Decimal

from django.urls import reverse

from families.employees.models import EmployeeDocument, EmployeeFile
from families.plans.models import PlanAction
from lubsko_ops.accounts.models import Contract, Region
from lubsko_ops.audit.history import save_with_history
from lubsko_ops.centre.actions import save_centre
from lubsko_ops.centre.dictionaries.actions import add_entry
from lubsko_ops.centre.models import Centre, FilingSymbol, Institution, MeetingPlace
from tests.families.employees.form_submissions import absence, document, training
from tests.lubsko_ops.centre.dictionaries.helpers import make_place, make_school, make_symbol
from tests.lubsko_ops.centre.form_submissions import CENTRE, added_citation


def _of_anna(name: str, make: Callable) -> Callable:
    """A form about anna's row, which ``make`` returns."""

    def edited(cast):
        row = make(cast.anna, by=cast.maria)
        return reverse(name, args=[cast.anna.pk, row.pk]), [row]

    return edited


def _entry(name: str, make: Callable) -> Callable:
    """A form about the row of a dictionary."""

    def edited(cast):
        row = make(cast.maria)
        return reverse(name, args=[row.pk]), [row]

    return edited


def contract(user, *, by):
    row = Contract.objects.get(user=user)
    row.fraction, row.family_limit = Decimal("0.5"), 9
    return row


def employee_file(cast):
    row = EmployeeFile(user=cast.anna, variant="degree")
    save_with_history(row, by=cast.maria, why="Dane")
    return reverse("families:employee-file-edit", args=[cast.anna.pk]), [row]


def centre(cast):
    return reverse("centre"), [save_centre(**CENTRE, by=cast.maria)]


def person(cast):
    cast.anna.email = "anna@mgops.example"
    return reverse("person-details", args=[cast.anna.pk]), []


WHY = {"why": "sprawdzone"}
# Columns that exclude one another or are set elsewhere.
STAFF_EMPTY = {
    PlanAction: {"specialists"},
    EmployeeDocument: {"result", "years"},
    Centre: {"coat_of_arms", "coat_of_arms_label", "website"},
    FilingSymbol: {"year_to"},
    Institution: {"closed_from"},
    MeetingPlace: {"closed_from"},
    Region: {"closed_from"},
}
STAFF_EDIT_FORMS = [
    ("families:employee-document", "maria", _of_anna("families:employee-document", document), {}),
    ("families:training", "maria", _of_anna("families:training", training), {}),
    ("families:absence", "maria", _of_anna("families:absence", absence), {}),
    ("families:contract", "maria", _of_anna("families:contract", contract), WHY),
    ("families:employee-file-edit", "maria", employee_file, {}),
    ("centre", "maria", centre, {}),
    ("person-details", "maria", person, {}),
    ("citation-edit", "maria", _entry("citation-edit", added_citation), WHY),
    (
        "regions-change",
        "maria",
        _entry("regions-change", lambda by: add_entry(entry=Region(name="Rejon III"), by=by)),
        {},
    ),
    ("institutions-change", "maria", _entry("institutions-change", lambda by: make_school(by=by)), {}),
    ("places-change", "maria", _entry("places-change", lambda by: make_place(by=by)), {}),
    ("filing-symbol-change", "maria", _entry("filing-symbol-change", lambda by: make_symbol(by=by)), {}),
]
# What two users at once change in each: the field and both values.
STAFF_CHANGES = {
    "families:employee-document": ("details", "230 godzin", "250 godzin"),
    "families:training": ("subject", "Granice w pracy", "Granice w rodzinie"),
    "families:absence": ("ends_on", "09.11.2026", "10.11.2026"),
    "families:contract": ("family_limit", "8", "9"),
    "families:employee-file-edit": ("languages", "ukraiński", "migowy"),
    "centre": ("locality", "Żary", "Jasień"),
    "person-details": ("phone", "600 100 200", "600 100 300"),
    "citation-edit": ("journal", "t.j. Dz.U. 2026 poz. 101", "t.j. Dz.U. 2026 poz. 102"),
    "regions-change": ("name", "Rejon IV", "Rejon V"),
    "institutions-change": ("address", "ul. Krótka 1", "ul. Długa 2"),
    "places-change": ("address", "ul. Krótka 1", "ul. Długa 2"),
    "filing-symbol-change": ("title", "Asysta rodzinna", "Asystentura rodziny"),
}
ENDS, DELETES, STEP, NEW = "sets the last day", "deletes the row", "a step", "adds a row"
STAFF_NOT_WALKED = {
    **dict.fromkeys(
        (
            *("consultations:remove", "families:specialist-remove", "groups:remove", "groups:leader-remove"),
            *("projects:consent-withdraw", "meetings:meeting-leader-remove", "meetings:meeting-file-remove"),
            *("projects:survey-remove", "projects:survey-sheet-remove"),
            *("projects:invoice-remove", "projects:reading-remove"),
        ),
        DELETES,
    ),
    **dict.fromkeys(
        (
            *("consultations:settle", "projects:participants-begin", "projects:participants-finish"),
            *("projects:participants-qualify", "projects:participation-begin"),
            *("projects:participation-break-off", "projects:participation-confirm"),
            *("projects:participation-decline", "projects:participation-finish"),
            *("projects:participation-move", "projects:participation-offer"),
            *("projects:participation-put-on-reserve", "projects:participation-qualify"),
            *("projects:participation-reject", "meetings:on-the-spot"),
            *("meetings:move", "meetings:cancel", "meetings:restore"),
            *("projects:survey-close", "projects:survey-reopen"),
            *("project-reports:present", "project-reports:return"),
            *("project-reports:approve", "project-reports:correct"),
        ),
        STEP,
    ),
    **dict.fromkeys(
        (
            *("families:specialist-add", "groups:copy", "groups:leader-add", "projects:consent-new"),
            *("meetings:follow-up", "meetings:on-the-spot-outsider"),
            *("meetings:absence-letter", "meetings:certificate-issue"),
            *("projects:group-new", "projects:participant-outsider"),
            *("meetings:meeting-add", "meetings:meeting-leader-add", "meetings:meeting-file-add"),
            *("projects:survey-new",),
            *("projects:invoice-add",),
        ),
        "makes a new row",
    ),
    **dict.fromkeys(
        (
            *("consultations:correct", "families:specialist-change", "groups:days", "groups:describe"),
            *(
                "groups:edit",
                "groups:leader-edit",
                "projects:difference",
                "projects:goal-number",
                "projects:invoice-correct",
                "projects:participation-contact",
                "projects:reading-correct",
                "projects:therapy-reason",
                "meetings:meeting-log",
                "project-reports:texts",
                "projects:survey-edit",
                "projects:survey-sheet",
                "projects:survey-sheets",
            ),
        ),
        "tests/projects and tests/reports/project save these",
    ),
    "meetings:schedule": "tests/sessions/planning saves it unchanged: nothing is written",
    **dict.fromkeys(
        ("meetings:attendance", "meetings:attendance-grid"),
        "tests/sessions/attendance: without a change nothing is written",
    ),
    "meetings:certificate-threshold": "tests/sessions/printouts: without a change nothing is written",
    **dict.fromkeys(
        (
            *("families:absence-remove", "families:contract-remove", "families:employee-document-remove"),
            *("families:training-remove", "filing-symbol-remove", "institutions-remove", "places-remove"),
            *("regions-remove", "citation-withdraw", "norm-withdraw"),
        ),
        DELETES,
    ),
    **dict.fromkeys(
        (
            *("region-end", "role-end", "institutions-close", "places-close", "regions-close"),
            "person-deactivate",
        ),
        ENDS,
    ),
    **dict.fromkeys(
        (
            *("families:employee-confirm", "families:employee-withdraw", "institutions-reopen"),
            *("places-reopen", "regions-reopen", "symbol-counter", "own-phone"),
            *("families:missing-reference", "families:case-reference"),
            *("register-import-start", "register-import-cancel", "register-import-undo"),
        ),
        STEP,
    ),
    **dict.fromkeys(
        (
            *("families:absence-add", "families:contract-add", "families:employee-document-add"),
            "families:training-add",
        ),
        NEW,
    ),
}
