"""Pages of consultations: the list, one of them, those of a family."""

from datetime import date

from django.http import Http404

from families.base_views import FamilyPageView
from families.case_files.specialist_views import SpecialistFileMixin
from families.people.permissions import FAMILY_VIEW
from families.specialists.permissions import SPECIALIST_FILE
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.base_views import PageView, PermissionRequiredView
from lubsko_ops.audit.changes import get_history_page
from lubsko_ops.core.dates import Quarter
from lubsko_ops.core.keyset_list import Sort, paginate
from lubsko_ops.core.links import reverse
from lubsko_ops.core.parsing import parse_int
from lubsko_ops.core.permissions import Role, has_permission
from lubsko_ops.core.polish import count_of
from projects.choices import ConsultationKind, ConsultationState
from projects.consultations.permissions import (
    CONSULTATION_AREA,
    CONSULTATION_FILE,
    CONSULTATION_LIST_AREA,
    CONSULTATION_VIEW,
)
from projects.consultations.queries import (
    KINDS,
    minutes_by_kind,
    note_named,
    of_family,
    readable_by,
    with_named,
    with_names,
)
from projects.models import Consultation
from projects.permissions import CONSULTATION_WRITE

NEWEST = Sort("dzień", "od najdawniejszych", "od najnowszych", ("day",), descending=True)
NUMBERS = "konsultacja,konsultacje,konsultacji"
KIND_NAMES = {
    ConsultationKind.FAMILY: "Rodziny",
    ConsultationKind.PARTICIPANT: "Uczestnicy",
    ConsultationKind.WORKER: "Pracownicy",
}
STATE_TAGS = {
    ConsultationState.PLANNED: ("umówiona", "accent"),
    ConsultationState.MISSED: ("nie odbyła się", "soon"),
}
SHOWN_IN_FILE = 100


def hours_text(minutes: int) -> str:
    """ "2 godz. 30 min", "45 min"."""
    hours, rest = divmod(minutes, 60)
    return " ".join(
        filter(None, (f"{hours} godz." if hours else "", f"{rest} min" if rest or not hours else ""))
    )


def parse_quarter(text: str, default: Quarter) -> Quarter | None:
    """The quarter of "2026-4", None for "wszystkie", the default for anything else."""
    if text == "wszystkie":
        return None
    year, _, number = text.partition("-")
    values = parse_int(year), parse_int(number)
    return Quarter(*values) if values[1] in range(1, 5) and 2000 <= (values[0] or 0) <= 2100 else default


def quarter_code(quarter: Quarter | None) -> str:
    return f"{quarter.year}-{quarter.number}" if quarter else "wszystkie"


class ConsultationListView(PageView):
    """Konsultacje the user may read, of one quarter or all, with the sums of the quarter by kind."""

    permission = CONSULTATION_VIEW
    access_area = CONSULTATION_LIST_AREA
    template_name = "consultations/list.html"

    def get_context_data(self, **kwargs):
        user, today, params = self.request.user, self.request.today, self.request.GET
        kind = params.get("rodzaj", "") if params.get("rodzaj", "") in ConsultationKind else ""
        state = params.get("stan", "") if params.get("stan", "") in ConsultationState else ""
        quarter = parse_quarter(params.get("kwartal", ""), Quarter.of(today))
        is_manager = Role.MANAGER in user.roles
        person = parse_int(params.get("kto")) if is_manager else None
        rows = readable_by(user, on=today)
        if person:
            rows = rows.filter(specialist=person)
        if quarter:
            rows = rows.filter(day__range=(quarter.start, quarter.end))
        sums = self.get_sums(rows, quarter, person)
        if kind:
            rows = rows.filter(KINDS[kind])
        if state:
            rows = rows.filter(state=state)
        after, before = (parse_int(params.get(name)) for name in ("po", "przed"))
        listed = with_names(with_named(rows, user, on=today))
        page = paginate(listed, NEWEST, after=after, before=before)
        note_named(page.rows)
        code = {"kwartal": quarter_code(quarter), "rodzaj": kind, "stan": state, "kto": person or ""}
        return super().get_context_data(
            rows=[ConsultationRow(row, user, today) for row in page.rows],
            total=rows.count(),
            sums=sums,
            filtered=bool(kind or state or person or params.get("kwartal")),
            kind=kind,
            state=state,
            person=person,
            quarter_code=code["kwartal"],
            quarter_name=quarter.name if quarter else "wszystkie kwartały",
            quarters=[(quarter_code(each), each.name) for each in self.get_quarters(quarter)],
            kinds=ConsultationKind.choices,
            states=ConsultationState.choices,
            specialists=User.objects.filter(pk__in=Consultation.objects.values("specialist")).order_by(
                "last_name", "first_name"
            )
            if is_manager
            else [],
            may_write=has_permission(user, CONSULTATION_WRITE),
            next_url=list_url(**code, po=page.after) if page.after else "",
            previous_url=list_url(**code, przed=page.before) if page.before else "",
            **kwargs,
        )

    def get_quarters(self, chosen: Quarter | None) -> list[Quarter]:
        """The next quarter, this one and the eight before, and the chosen one."""
        quarters = [Quarter.of(self.request.today).following]
        while len(quarters) < 10:
            quarters.append(quarters[-1].previous)
        return quarters if chosen is None or chosen in quarters else [*quarters, chosen]

    def get_sums(self, rows, quarter: Quarter | None, person: int | None) -> list[dict]:
        """Held consultations by kind: number and time, each leading to exactly these rows."""
        code = {"kwartal": quarter_code(quarter), "stan": ConsultationState.HELD, "kto": person or ""}
        return [
            {
                "name": KIND_NAMES[each["kind"]],
                "text": f"{count_of(each['number'], NUMBERS)}, {hours_text(each['minutes'])}",
                "url": list_url(**code, rodzaj=each["kind"]),
                "number": each["number"],
            }
            for each in minutes_by_kind(rows)
        ]


def list_url(**params) -> str:
    """The list with these filters; empty ones are left out."""
    query = "&".join(f"{name}={value}" for name, value in params.items() if value)
    return f"{reverse('consultations:list')}?{query}"


class ConsultationRow:
    """A consultation in a list; without the name of who was consulted when the user may no longer see it."""

    def __init__(self, row: Consultation, user, today: date):
        self.row, self.user, self.today = row, user, today

    @property
    def url(self) -> str:
        return reverse("consultations:consultation", args=[self.row.pk]) if self.row.named else ""

    @property
    def whom(self) -> str:
        if self.row.named:
            return self.row.whom
        return (
            "rodzina, do której nie masz już dostępu" if self.row.family_id else "uczestnik zakończonej grupy"
        )

    @property
    def when(self) -> str:
        """ "13.10.2026, 10:00"."""
        at = f", {self.row.starts_at:%H:%M}" if self.row.starts_at else ""
        return f"{self.row.day:%d.%m.%Y}{at}"

    @property
    def length(self) -> str:
        return hours_text(self.row.minutes) if self.row.minutes else ""

    @property
    def subject(self) -> str:
        return self.row.subject if self.row.named else ""

    @property
    def state_tag(self) -> tuple[str, str] | None:
        return STATE_TAGS.get(self.row.state)

    @property
    def is_due(self) -> bool:
        """Whether its specialist has yet to say what became of it."""
        planned = self.row.state == ConsultationState.PLANNED and self.row.day <= self.today
        return planned and self.row.specialist_id == self.user.pk

    @property
    def settle_url(self) -> str:
        return reverse("consultations:settle", args=[self.row.pk]) if self.is_due and self.row.named else ""


class ConsultationMixin(PermissionRequiredView):
    """A view about one consultation (``self.consultation``) that the user may read; 404 otherwise."""

    permission = CONSULTATION_VIEW
    access_area = CONSULTATION_AREA
    own_only = False

    def setup_object(self, pk, **kwargs) -> None:
        user, on = self.request.user, self.request.today
        rows = with_names(with_named(readable_by(user, on=on), user, on=on)).filter(pk=pk, named=True)
        row = (rows.filter(specialist=user) if self.own_only else rows).first()
        if row is None:
            raise Http404
        self.consultation = row
        note_named([row])


class ConsultationView(ConsultationMixin, PageView):
    """One consultation: who, when, about what, the note, who may read it, and its history."""

    template_name = "consultations/consultation.html"

    def get_context_data(self, **kwargs):
        row, user = self.consultation, self.request.user
        own = row.specialist_id == user.pk and has_permission(user, CONSULTATION_WRITE)
        facts = [
            ("Specjalista", row.specialist),
            ("Kogo dotyczy", f"{row.whom} ({row.kind.label})"),
            ("Kiedy", ConsultationRow(row, user, self.request.today).when),
            (
                "Ile trwała" if row.state != ConsultationState.PLANNED else "Ile potrwa",
                row.minutes and hours_text(row.minutes),
            ),
            ("W ramach", row.group),
            ("Kto może czytać", row.get_readers_display()),
        ]
        changes = get_history_page(row.pk, user=user, file_kind=CONSULTATION_FILE)
        return super().get_context_data(
            row=row,
            state_tag=STATE_TAGS.get(row.state),
            facts=[{"term": term, "value": value} for term, value in facts if value],
            entries=changes.entries,
            own=own,
            planned=own and row.state == ConsultationState.PLANNED,
            **kwargs,
        )


# ---- in the file of a family -------------------------------------------------------------------------
class FamilyConsultationsMixin:
    """Consultations of the family and of its people, as far as the user may read them, newest first."""

    template_name = "consultations/family.html"

    def get_context_data(self, **kwargs):
        user, on = self.request.user, self.request.today
        rows = with_names(with_named(readable_by(user, on=on), user, on=on)).filter(named=True)
        rows = list(rows.filter(of_family(self.family)).order_by("-day", "-pk")[: SHOWN_IN_FILE + 1])
        note_named(rows[:SHOWN_IN_FILE])
        return super().get_context_data(
            page_title="konsultacje",
            rows=[ConsultationRow(row, user, on) for row in rows[:SHOWN_IN_FILE]],
            more=len(rows) > SHOWN_IN_FILE,
            shown=SHOWN_IN_FILE,
            **kwargs,
        )


class FamilyConsultationsView(FamilyConsultationsMixin, FamilyPageView):
    """Konsultacje rodziny for its assistant, social worker and the manager."""

    permission = FAMILY_VIEW
    access_area = CONSULTATION_AREA
    current_tab = "consultations:family"

    def get_context_data(self, **kwargs):
        return super().get_context_data(base="case_files/base.html", **kwargs)


class SpecialistConsultationsView(FamilyConsultationsMixin, SpecialistFileMixin, PageView):
    """Konsultacje rodziny for its specialist."""

    permission = SPECIALIST_FILE
    access_area = CONSULTATION_AREA
    current_tab = "consultations:specialist-family"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            base="specialists/base.html",
            may_write=has_permission(self.request.user, CONSULTATION_WRITE),
            **kwargs,
        )
