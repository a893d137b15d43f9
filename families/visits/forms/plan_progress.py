"""Actions of the plan: those worked on at the visit, each with what has become of it."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.utils.functional import cached_property

from families.choices import ActionState
from families.plans.dto import TouchData
from families.plans.models import PlanAction
from families.plans.validators import worked_by
from lubsko_ops.core.forms import TemplateLayout
from lubsko_ops.core.polish import join_list

USUAL = [
    (ActionState.UNDER_WAY, ActionState.UNDER_WAY.label),
    (ActionState.PARTLY, "częściowo"),
    (ActionState.DONE, ActionState.DONE.label),
]
RARE = [
    ("", "bez zmiany"),
    (ActionState.NOT_DONE, ActionState.NOT_DONE.label),
    (ActionState.DROPPED, ActionState.DROPPED.label),
]
OTHERS = "Inny stan albo uwaga"


@dataclass(frozen=True)
class Touched:
    """An action with its three controls: whether it was worked on, its state, a short note."""

    action: PlanAction
    tick: object
    state: object
    note: object

    @property
    def ticked(self) -> bool:
        return bool(self.tick.value())

    @cached_property
    def unfolded(self) -> bool:
        """What is rare was chosen, written or refused: it is not to be hidden."""
        rare = {value for value, _ in RARE if value}
        return bool(self.note.value() or self.note.errors or self.state.value() in rare)

    @property
    def last_state(self) -> str:
        """What has become of it until now, in a word."""
        return ActionState(self.action.last_state).label if self.action.last_state else ""


def names_of(action: PlanAction) -> tuple[str, str, str]:
    return f"touch_{action.pk}", f"touch_state_{action.pk}", f"touch_note_{action.pk}"


def add_touches(form: forms.Form, actions: list[PlanAction]) -> None:
    """Ask about each action, on the page after the people who were there."""
    for each in actions:
        tick, state, note = names_of(each)
        form.fields[tick] = forms.BooleanField(label=str(each), required=False)
        form.fields[state] = forms.ChoiceField(
            label=f"Stan: {each}", choices=[*USUAL, (OTHERS, RARE)], required=False, widget=forms.RadioSelect
        )
        form.fields[note] = forms.CharField(label="Uwaga", max_length=300, required=False)
    names, asked = list(form.fields), [name for each in actions for name in names_of(each)]
    before = [name for name in names[: names.index("areas")] if name not in asked]
    form.order_fields(before + asked)


def touched_of(form: forms.Form, actions: list[PlanAction], *, day: date) -> list[Touched]:
    """What the page asks: the version in force on the day, and whatever was ticked of another one."""
    every = [Touched(each, *(form[name] for name in names_of(each))) for each in actions]
    return [each for each in every if each.ticked or worked_by(each.action, day)]


def plan_part(form: forms.Form, actions: list[PlanAction], *, day: date) -> list[TemplateLayout]:
    """The part of the page about the plan, named after the version in force on the day."""
    touched = touched_of(form, actions, day=day)
    if not touched:
        return []
    held = (each.action.plan for each in touched if worked_by(each.action, day))
    plan = next(held, touched[0].action.plan)
    return [TemplateLayout("families/visits/_touched.html", touched=touched, plan=plan)]


def touches_of(data: dict, actions: list[PlanAction]) -> list[TouchData]:
    """The ticked ones."""
    found = []
    for each in actions:
        tick, state, note = names_of(each)
        if data[tick]:
            found.append(TouchData(each, data[state], data[note]))
    return found


def questions_about(data: dict, actions: list[PlanAction], *, held: bool) -> list[str]:
    """What was said of the plan and will not be kept."""
    if touches_of(data, actions) and not held:
        return ["Zaznaczono działania z planu, a wizyta się nie odbyła. Nie zostaną zapisane."]
    written = [
        each
        for each in actions
        if not data[names_of(each)[0]] and (data[names_of(each)[1]] or data[names_of(each)[2]])
    ]
    if written and held:
        words = join_list(f"„{each}”" for each in written)
        return [f"Tych działań nie zaznaczono, więc ich stan i uwagi nie zostaną zapisane: {words}."]
    return []
