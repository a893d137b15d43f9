"""Asystenci rodziny: contracts on the last day of the period, by form and fraction of full time."""

from datetime import date

from django.db.models import Q

from families.law import SUPPORT
from lubsko_ops.accounts.models import Contract, ContractForm, RoleGrant
from lubsko_ops.core.keyset_list import Sort
from lubsko_ops.core.permissions import Role
from reports.figure import Figure, FigureGroup, FigureKind, FigureTable, ListColumn, RowSet, RowType, last_day

CONTRACTS = RowType(
    name="umowy asystentów",
    forms="umowa,umowy,umów",
    get_queryset=Contract.objects.all,
    assistant_path="user",
    family_path="",
    sort=Sort("nazwisko", "od A do Z", "od Z do A", ("user__last_name", "user__first_name")),
    columns=(
        ListColumn("Asystent rodziny", lambda row: str(row.user)),
        ListColumn("Forma zatrudnienia", lambda row: row.get_form_display()),
        ListColumn("Etat", lambda row: row.fraction, "decimal"),
        ListColumn("Od", lambda row: row.starts_on, "date"),
        ListColumn("Do", lambda row: row.ends_on, "date"),
    ),
    select_related=("user",),
    group_field="form",
    few=True,
)


def employed_on(day: date) -> Q:
    """Contracts in force on the day, of users who are assistants on that day."""
    assistants = RoleGrant.objects.active_on(day).filter(role=Role.ASSISTANT)
    in_force = Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))
    return in_force & Q(user__in=assistants.values("user"))


def _employed(*forms: ContractForm, sum_field: str = "") -> RowSet:
    """Assistants employed in these forms, in any form when none is given."""
    groups = frozenset(forms) or None
    return RowSet(CONTRACTS, employed_on, asked_for=last_day, groups=groups, sum_field=sum_field)


ART_17 = SUPPORT.of("art. 17")
ASSISTANTS = Figure(
    key="asystenci",
    name="Asystenci rodziny",
    kind=FigureKind.STOCK,
    definition="Osoby z rolą asystenta rodziny i z umową obowiązującą w ostatnim dniu okresu.",
    rows=_employed(),
)
EMPLOYED = Figure(
    key="asystenci-umowa-o-prace",
    name="na umowę o pracę",
    full_name="Asystenci na umowę o pracę",
    kind=FigureKind.STOCK,
    definition="Asystenci, których umowa w ostatnim dniu okresu to umowa o pracę w systemie zadaniowego czasu pracy.",
    basis=ART_17,
    rows=_employed(ContractForm.EMPLOYMENT),
    emphasis="part",
)
CONTRACTED = Figure(
    key="asystenci-umowa-o-uslugi",
    name="na umowę o świadczenie usług",
    full_name="Asystenci na umowę o świadczenie usług",
    kind=FigureKind.STOCK,
    definition="Asystenci, których umowa w ostatnim dniu okresu to umowa o świadczenie usług.",
    basis=ART_17,
    rows=_employed(ContractForm.SERVICES),
    emphasis="part",
)
COMMISSIONED = Figure(
    key="asystenci-zlecenie",
    name="u podmiotu, któremu zlecono zadanie",
    full_name="Asystenci u podmiotu, któremu zlecono zadanie",
    kind=FigureKind.STOCK,
    definition="Asystenci zatrudnieni w ostatnim dniu okresu przez podmiot, któremu gmina zleciła zadanie.",
    basis=SUPPORT.of("art. 190"),
    rows=_employed(ContractForm.COMMISSIONED),
    emphasis="part",
    hide_when_zero=True,
)
POSTS = Figure(
    key="etaty",
    name="Etaty asystentów",
    kind=FigureKind.STOCK,
    definition="Suma wymiarów etatu asystentów zatrudnionych w ostatnim dniu okresu na umowę o pracę.",
    rows=_employed(ContractForm.EMPLOYMENT, sum_field="fraction"),
    unit="posts",
)

STAFF = FigureTable(
    "asystenci",
    "Asystenci rodziny",
    (FigureGroup("Asystenci, stan na koniec", (ASSISTANTS, EMPLOYED, CONTRACTED, COMMISSIONED, POSTS)),),
)
