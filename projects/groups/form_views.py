"""Form pages of groups: make, change, copy and remove one, its leaders, its days."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError

from lubsko_ops.centre.dictionaries.models import MeetingPlace
from lubsko_ops.core.links import reverse
from lubsko_ops.core.parsing import parse_int
from lubsko_ops.core.polish import count_of, join_list
from projects.form_views import ProjectFormView
from projects.groups import actions, forms, queries, rules
from projects.groups.permissions import NOT_LEADER, NOT_OWN, may_change_groups
from projects.groups.views import GROUPS_TAB, GroupMixin
from projects.models import ENDED, PlannedAction
from projects.participants.queries import note_participations
from projects.permissions import PARTICIPANTS_AREA, PROJECT_WRITE
from projects.queries import possible_authors
from projects.scope import visible_participations

SHOWN_NAMES = 8


class GroupFormPage(ProjectFormView):
    """A form about the groups of a project: for its authors and the manager, until the project is settled."""

    permission = PROJECT_WRITE
    current_tab = GROUPS_TAB
    template_name = "groups/form_page.html"
    lede = ""
    denied = NOT_OWN
    result: Any

    def setup_object(self, pk, **kwargs):
        super().setup_object(pk)
        if not self.is_allowed() and self.edition.state not in rules.LOCKED_STATES:
            raise PermissionDenied(self.denied)

    def is_allowed(self) -> bool:
        return may_change_groups(self.edition, self.request.user)

    def get_refusal(self):
        return rules.LOCKED if self.edition.state in rules.LOCKED_STATES else ""

    def get_context_data(self, **kwargs):
        return super().get_context_data(lede=self.lede, **kwargs)


class GroupFormView(GroupFormPage, GroupMixin):
    """A form about one group; it leads back to the page of the group."""

    def get_instance(self):
        return self.group

    def get_cancel_url(self):
        return self.group_url()

    @property
    def draft_title(self):
        return f"{self.group}: {self.page_title}"


# ---- a group -----------------------------------------------------------------------------------------
class GroupFieldsMixin:
    """A form with the fields of a group: its choices, its rules and what is asked."""

    def places(self, chosen: int | None = None):
        open_places = MeetingPlace.objects.open_on(self.request.today)
        return (open_places | MeetingPlace.objects.filter(pk=chosen or 0)).order_by("name", "address")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "edition": self.edition,
            "goals": queries.goals_of(self.edition),
            "places": self.places(),
        }

    def check_rules(self, form):
        if refusals := rules.group_refusals(form.instance, self.edition):
            raise ValidationError(refusals)

    def capacity_questions(self, form) -> list[str]:
        capacity, places = form.cleaned_data.get("capacity"), self.edition.places
        if not capacity or not places or capacity <= places:
            return []
        return [f"Grupa ma {count_of(capacity, MIEJSC)}, a cały projekt {count_of(places, MIEJSC)}."]


MIEJSC = "miejsce,miejsca,miejsc"


class GroupCreateView(GroupFieldsMixin, GroupFormPage):
    """A new group, perhaps from an action of the document (``?z=<id>``)."""

    form_class = forms.GroupStartForm
    page_title = "Nowa grupa albo zajęcia"
    lede = "Rodzaj decyduje, o co pyta formularz."

    def get_instance(self):
        return None

    def get_cancel_url(self):
        return self.project_url(GROUPS_TAB)

    @cached_property
    def staff(self):
        return list(possible_authors(self.request.today))

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"staff": self.staff}

    def get_initial(self):
        days = {"starts_on": self.edition.starts_on, "ends_on": self.edition.ends_on}
        planned = PlannedAction.objects.filter(
            edition=self.edition, pk=parse_int(self.request.GET.get("z")) or 0
        ).first()
        if planned is None:
            return days | {"kind": "group", "takes": "persons"}
        same_name = [user for user in self.staff if str(user).casefold() == planned.leader.casefold()]
        leader = {"leader": same_name[0].pk} if same_name else {"leader_name": planned.leader}
        counted = [name for name in ("meetings", "hours") if rules.fits(name, planned.kind)]
        taken_over = ("name", "kind", *counted, "goals")
        return days | {"takes": "persons"} | leader | {name: getattr(planned, name) for name in taken_over}

    def get_confirmations(self, form):
        return self.capacity_questions(form)

    def perform(self, form):
        return actions.create_group(
            edition=self.edition,
            data=form.instance,
            leader=form.cleaned_data["leader"],
            leader_name=form.cleaned_data["leader_name"],
            by=self.request.user,
        )

    def get_success_url(self):
        return reverse("groups:group", args=[self.result.pk])

    def get_success_message(self):
        return f"Założono: {self.result}."


class GroupUpdateView(GroupFieldsMixin, GroupFormView):
    """Everything about a group but its people, leaders and days; ending it earlier shows who is still in it."""

    access_area = PARTICIPANTS_AREA
    form_class = forms.GroupForm
    page_title = "Zmień grupę"

    def places(self, chosen=None):
        return super().places(self.group.place_id)

    def get_initial(self):
        goals = queries.goals_of(self.edition)
        values = self.group.entered_values()
        return values | {"goals": [each for each in self.group.goals if each in goals]}

    def get_confirmations(self, form):
        return self.capacity_questions(form) + self.end_questions(form.cleaned_data["ends_on"])

    def end_questions(self, last_day) -> list[str]:
        """Who is still in a group that is to end earlier: by name those the user may see, the others counted."""
        before = self.group.ends_on
        if last_day is None or (before is not None and last_day >= before):
            return []
        going_on = self.group.participations.exclude(status__in=ENDED)
        total = going_on.count()
        if not total:
            return []
        visible = visible_participations(self.request.user, on=self.request.today).filter(pk__in=going_on)
        shown = visible.select_related("person", "child", "family").order_by("reported_on", "pk")[
            :SHOWN_NAMES
        ]
        names = [str(each) for each in shown]
        note_participations(shown)
        if others := total - len(names):
            names.append(f"{'jeszcze ' if names else ''}{count_of(others, 'osoba,osoby,osób')}")
        return [
            "Grupa skończy się wcześniej, a w niej jeszcze nie zakończyli udziału: "
            f"{join_list(names)}. Ich udział zakończysz na stronie uczestników."
        ]

    def perform(self, form):
        return actions.update_group(
            group=self.group, data=form.instance, version=self.opened_version, by=self.request.user
        )

    def get_success_message(self):
        return f"Zapisano zmiany: {self.result}."


class LedGroupFormView(GroupFormView):
    """For the leaders of the group, too."""

    denied = NOT_LEADER

    def is_allowed(self) -> bool:
        return self.may_describe


class GroupDescribeView(LedGroupFormView):
    """Description, place and partners."""

    form_class = forms.GroupDescriptionForm
    page_title = "Zmień opis i miejsce"

    def get_form_kwargs(self):
        places = MeetingPlace.objects.open_on(self.request.today)
        places = (places | MeetingPlace.objects.filter(pk=self.group.place_id or 0)).order_by(
            "name", "address"
        )
        return super().get_form_kwargs() | {"places": places, "kind": self.group.kind}

    def get_initial(self):
        return self.group.entered_values()

    def perform(self, form):
        return actions.describe_group(
            group=self.group, data=form.instance, version=self.opened_version, by=self.request.user
        )

    def get_success_message(self):
        return f"Zapisano opis: {self.result}."


class GroupCopyView(GroupFormView):
    """A copy within the project: the autumn workshop after that of the spring."""

    form_class = forms.GroupCopyForm
    page_title = "Skopiuj grupę"
    lede = "Skopiują się rodzaj, opis, miejsce, liczba miejsc, wiek, godziny i cele. Bez osób, prowadzących i dni."

    def get_instance(self):
        return None

    def get_initial(self):
        return {"name": self.group.name, "ends_on": self.edition.ends_on}

    def perform(self, form):
        return actions.copy_group(group=self.group, by=self.request.user, **form.cleaned_data)

    def get_success_url(self):
        return reverse("groups:group", args=[self.result.pk])

    def get_success_message(self):
        copied = [
            label for name, label in COPIED_NAMES.items() if getattr(self.result, name) not in (None, "", [])
        ]
        return (
            f"Założono: {self.result}. Skopiowano: rodzaj{''.join(f', {each}' for each in copied)}. "
            "Osób, prowadzących i dni nie skopiowano."
        )


COPIED_NAMES = {
    "description": "opis",
    "place": "miejsce",
    "other_place": "miejsce",
    "capacity": "liczba miejsc",
    "age_from": "wiek",
    "meetings": "liczba spotkań",
    "hours": "liczba godzin",
    "goals": "cele",
    "partners": "partnerzy",
}


class GroupRemoveView(GroupFormView):
    """Remove a group nobody has used; otherwise the page of the group says what rests on it."""

    form_class = forms.GroupReasonForm
    template_name = "groups/remove.html"
    page_title = "Usuń grupę"
    keeps_drafts = False

    def get_refusal(self):
        return super().get_refusal() or actions.removal_refusal(self.group)

    def perform(self, form):
        return actions.remove_group(
            group=self.group, why=form.cleaned_data["why"], version=self.opened_version, by=self.request.user
        )

    def get_success_url(self):
        return self.project_url(GROUPS_TAB)

    def get_success_message(self):
        return f"Usunięto: {self.group}."


# ---- days --------------------------------------------------------------------------------------------
class GroupDaysView(LedGroupFormView):
    """The days of a group with their programme; of an event also what was counted."""

    form_class = forms.GroupDaysForm
    template_name = "groups/days.html"
    page_title = "Dni i program"

    def get_refusal(self):
        if not rules.has_days(self.group.kind):
            return "Te zajęcia nie mają dni z programem."
        return super().get_refusal()

    def get_form_kwargs(self):
        days = list(self.group.days.order_by("starts_on", "starts_at", "pk"))
        return super().get_form_kwargs() | {"days": days, "group": self.group, "today": self.request.today}

    def get_context_data(self, **kwargs):
        return super().get_context_data(period=rules.period_of(self.group), **kwargs)

    def perform(self, form):
        return actions.save_days(
            group=self.group, days=form.entered_days(), version=self.opened_version, by=self.request.user
        )

    def get_success_url(self):
        return f"{self.group_url()}#dni"

    def get_success_message(self):
        return f"Zapisano dni: {count_of(self.group.days.count(), 'dzień,dni,dni')}."
