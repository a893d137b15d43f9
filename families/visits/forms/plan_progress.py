"""Plan actions in the visit form: those worked on at the visit, with state and note."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.utils.functional import cached_property

from families.choices import FINISHED_STATES, ActionState
from families.plans.dto import ProgressData
from families.plans.models import PlanAction
from lubsko_ops.core.form_layout import TemplateLayout
from lubsko_ops.core.polish import join_list

COMMON_STATES = [
    (ActionState.UNDER_WAY, ActionState.UNDER_WAY.label),
    (ActionState.PARTLY, "częściowo"),
    (ActionState.DONE, ActionState.DONE.label),
]
RARE_STATES = [
    ("", "bez zmiany"),
    (ActionState.NOT_DONE, ActionState.NOT_DONE.label),
    (ActionState.DROPPED, ActionState.DROPPED.label),
]
RARE_GROUP = "Inny stan albo uwaga"


@dataclass(frozen=True)
class ProgressFields:
    """A plan action with three bound fields: whether it was worked on, its state, a note."""

    action: PlanAction
    selected: object
    state: object
    note: object

    @property
    def is_selected(self) -> bool:
        return bool(self.selected.value())

    @cached_property
    def unfolded(self) -> bool:
        """Whether the rare states and the note are shown: one is filled in or has an error."""
        rare = {value for value, _ in RARE_STATES if value}
        return bool(self.note.value() or self.note.errors or self.state.value() in rare)

    @property
    def last_state(self) -> str:
        """Label of the last recorded state."""
        return ActionState(self.action.last_state).label if self.action.last_state else ""


def field_names(action: PlanAction) -> tuple[str, str, str]:
    return f"touch_{action.pk}", f"touch_state_{action.pk}", f"touch_note_{action.pk}"


def add_progress_fields(form: forms.Form, actions: list[PlanAction]) -> None:
    """Add the fields of every action, placed before the areas."""
    for each in actions:
        selected, state, note = field_names(each)
        form.fields[selected] = forms.BooleanField(label=str(each), required=False)
        form.fields[state] = forms.ChoiceField(
            label=f"Stan: {each}",
            choices=[*COMMON_STATES, (RARE_GROUP, RARE_STATES)],
            required=False,
            widget=forms.RadioSelect,
        )
        form.fields[note] = forms.CharField(label="Uwaga", max_length=300, required=False)
        form.fields[note].row_name = str(each)
    names, added = list(form.fields), [name for each in actions for name in field_names(each)]
    before = [name for name in names[: names.index("areas")] if name not in added]
    form.order_fields(before + added)


def visible_progress(form: forms.Form, actions: list[PlanAction], *, day: date) -> list[ProgressFields]:
    """Unfinished actions of the version in force on the day, and selected ones of any version."""
    rows = [ProgressFields(each, *(form[name] for name in field_names(each))) for each in actions]
    return [each for each in rows if each.is_selected or is_offered(each.action, day=day)]


def is_offered(action: PlanAction, *, day: date) -> bool:
    return action.plan.in_force_on(day) and action.last_state not in FINISHED_STATES


def plan_section(form: forms.Form, actions: list[PlanAction], *, day: date) -> list[TemplateLayout]:
    """Layout of plan progress, headed by the version in force on the day."""
    rows = visible_progress(form, actions, day=day)
    if not rows:
        return []
    plans_in_force = (each.action.plan for each in rows if each.action.plan.in_force_on(day))
    plan = next(plans_in_force, rows[0].action.plan)
    finished = [each for each in actions if each.plan == plan and each.last_state in FINISHED_STATES]
    return [TemplateLayout("visits/_plan_progress.html", rows=rows, plan=plan, finished=len(finished))]


def get_progress(data: dict, actions: list[PlanAction]) -> list[ProgressData]:
    """Progress of the selected actions."""
    progress = []
    for each in actions:
        selected, state, note = field_names(each)
        if data[selected]:
            progress.append(ProgressData(each, data.get(state, ""), data.get(note, "")))
    return progress


def progress_confirmations(data: dict, actions: list[PlanAction], *, held: bool) -> list[str]:
    """Confirmations about plan progress that will not be saved."""
    if get_progress(data, actions) and not held:
        return ["Zaznaczono działania z planu, a wizyta się nie odbyła. Nie zostaną zapisane."]
    names = {each: field_names(each) for each in actions}
    filled = [
        each
        for each, (selected, *rest) in names.items()
        if not data[selected] and any(data[name] for name in rest)
    ]
    if filled and held:
        quoted = join_list(f"„{each}”" for each in filled)
        return [f"Tych działań nie zaznaczono, więc ich stan i uwagi nie zostaną zapisane: {quoted}."]
    return []
