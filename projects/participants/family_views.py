"""Enrolment of families of the centre: the choice of a family within scope, and the form in its file."""

from functools import cached_property

from django.db.models import Count
from django.shortcuts import redirect

from families.base_views import FamilyFormView
from families.case_files.search import SearchTerms, find_families
from families.people.identity import age_text, great_age_confirmations
from families.people.models import Family, Person
from families.plans.queries import plan_in_force_on
from lubsko_ops.audit.access_log import note_shown
from lubsko_ops.audit.base_views import PageView
from lubsko_ops.core.links import reverse
from lubsko_ops.core.parsing import parse_int
from lubsko_ops.core.permissions import Role
from lubsko_ops.core.polish import count_of, join_list
from lubsko_ops.search.views import own_query, store_query
from projects.choices import Takes
from projects.models import Edition, Participation, ProjectGroup
from projects.participants import actions, rules
from projects.participants.enrolment_forms import FamilyEnrolForm
from projects.participants.form_views import TAB
from projects.permissions import PARTICIPANT_ENROL, PARTICIPANTS_AREA, PROJECTS_AREA
from projects.queries import holds_place
from projects.scope import runs_participants
from projects.views import ProjectMixin

MAX_LISTED = 40


class FamilyChoiceView(ProjectMixin, PageView):
    """Whom to enrol: a family that the user searches for, or one of the own ones. The words never enter an address."""

    permission = PARTICIPANT_ENROL
    access_area = PARTICIPANTS_AREA
    current_tab = TAB
    template_name = "projects/choose_family.html"

    def post(self, request, *args, **kwargs):
        if query := store_query(request):
            return redirect("projects:participant-search", self.edition.pk, query.pk)
        return redirect("projects:participant-enrol", self.edition.pk)

    def get_context_data(self, **kwargs):
        user, today = self.request.user, self.request.today
        return super().get_context_data(
            families=self.get_families(),
            refusal=rules.enrolment_refusal(self.edition.state),
            runs=runs_participants(self.edition, user, on=today),
            **kwargs,
        )

    def get_families(self) -> list[tuple[str, str]]:
        """Names with the address of the form; of who has a whole region or centre none without a search."""
        user = self.request.user
        if {Role.MANAGER, Role.SOCIAL_WORKER} & user.roles:
            return []
        rows = Family.objects.workable_by(user, on=self.request.today).order_by("name", "pk")[:MAX_LISTED]
        return self.with_urls([(row.pk, row.name) for row in rows])

    def with_urls(self, families: list[tuple[int, str]]) -> list[tuple[str, str]]:
        note_shown([pk for pk, _ in families])
        query = f"?projekt={self.edition.pk}"
        return [(name, reverse("family-enrol", args=[pk]) + query) for pk, name in families]


class FamilySearchView(FamilyChoiceView):
    """The families that match the words, among those the user may change."""

    def get(self, request, *args, **kwargs):
        self.query = own_query(request, kwargs["query"])
        return super().get(request, *args, **kwargs)

    def get_families(self):
        user, today = self.request.user, self.request.today
        rows, _ = find_families(SearchTerms.of(self.query), user=user, on=today)
        families = [(row.pk, row.sort_name) for row in rows[:MAX_LISTED]]
        own = Family.objects.workable_by(user, on=today).filter(pk__in=[pk for pk, _ in families])
        workable = set(own.values_list("pk", flat=True))
        return self.with_urls([each for each in families if each[0] in workable])

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs | {"query": self.query})


def places_to_join() -> dict[tuple[Edition, ProjectGroup | None], str]:
    """Where somebody can be enrolled now, with the free places: groups, and projects without any. Three statements."""
    editions = Edition.objects.filter(state__in=rules.GOING_ON).order_by("title", "-starts_on", "pk")
    groups: dict[int, list[ProjectGroup]] = {}
    for group in ProjectGroup.objects.filter(edition__state__in=rules.GOING_ON).order_by("starts_on", "pk"):
        groups.setdefault(group.edition_id, []).append(group)
    rows = Participation.objects.filter(holds_place(), edition__state__in=rules.GOING_ON)
    taken = dict(rows.order_by().values_list("group").annotate(taken=Count("pk")))
    places: dict[tuple[Edition, ProjectGroup | None], str] = {}
    for edition in editions:
        own = [each for each in groups.get(edition.pk, []) if each.takes != Takes.NOBODY]
        for group in own:
            group.edition = edition
            free = group.capacity - taken.get(group.pk, 0) if group.capacity else None
            text = (
                ""
                if free is None
                else f" ({count_of(max(free, 0), 'wolne miejsce,wolne miejsca,wolnych miejsc')})"
            )
            places[edition, group] = f"{edition}: {group}{text}"
        if not own:
            places[edition, None] = str(edition)
    return places


class FamilyEnrolView(FamilyFormView):
    """Zapisz do projektu: members of the family, a parent with a child, or the whole family."""

    permission = PARTICIPANT_ENROL
    access_area = PROJECTS_AREA
    current_tab = "family-projects"
    form_class = FamilyEnrolForm
    template_name = "projects/family_enrol.html"
    page_title = "Zapisz do projektu"

    @cached_property
    def people(self) -> dict[int, Person]:
        """Members on the day, the eldest first."""
        rows = self.family.memberships.members_on(self.request.today).select_related("person")
        return {row.person_id: row.person for row in rows.order_by("person__born_on", "pk")}

    @cached_property
    def places(self):
        """Where to enrol: only in the project the user comes from, if it takes people."""
        places, chosen = places_to_join(), parse_int(self.request.GET.get("projekt"))
        own = {each: text for each, text in places.items() if each[0].pk == chosen}
        return own or places

    def get_form_kwargs(self):
        today = self.request.today
        labels = {pk: label(person, today) for pk, person in self.people.items()}
        members = self.family.memberships.members_on(today)
        children = set(members.children_on(today).values_list("person", flat=True))
        plan = plan_in_force_on(self.family, on=today)
        goals = dict.fromkeys(row.goal for row in plan.actions.all() if row.goal) if plan else {}
        return super().get_form_kwargs() | {
            "today": today,
            "places": self.places,
            "members": labels,
            "children": {pk: text for pk, text in labels.items() if pk in children},
            "goals": [goal[:300] for goal in goals],
        }

    def get_initial(self):
        chosen = parse_int(self.request.GET.get("projekt"))
        keys = [each for each in self.places if each[0].pk == chosen]
        initial = {"reported_on": self.request.today}
        if len(keys) == 1:
            edition, group = keys[0]
            initial["place"] = f"g{group.pk}" if group else f"p{edition.pk}"
        return initial

    def newcomers(self, form) -> list[actions.Newcomer]:
        data = form.cleaned_data
        _, group = data["place"]
        child = self.people.get(data.get("child"))
        chosen = [self.people[pk] for pk in data["members"]]
        if group is not None and group.takes == Takes.FAMILIES and not chosen:
            return [actions.Newcomer(family=self.family)]
        return [actions.Newcomer(person=each, child=child, family=self.family) for each in chosen]

    def check_rules(self, form):
        data = form.cleaned_data
        if not data.get("place") or form.has_error("members"):
            return
        if data.get("child") and len(data["members"]) != 1:
            form.add_error("members", "Zaznacz jedną osobę dorosłą, a dziecko wybierz niżej.")
        elif not self.newcomers(form):
            form.add_error("members", "Zaznacz, kto z rodziny ma być zapisany.")

    def get_confirmations(self, form):
        edition, group = form.cleaned_data["place"]
        day = form.cleaned_data["reported_on"]
        newcomers = self.newcomers(form)
        people = [each.person for each in newcomers if each.person]
        questions = great_age_confirmations(people, on=day)
        questions.append(rules.reported_question(day, recruits_from=edition.recruits_from))
        if group:
            who = [each.child or each.person for each in newcomers if each.person]
            questions += [rules.age_question(str(each), each.birth, group, on=day) for each in who]
        return [each for each in questions if each]

    def perform(self, form):
        edition, group = form.cleaned_data["place"]
        return actions.enrol(
            edition=edition,
            group=group,
            newcomers=self.newcomers(form),
            data=form.participation(),
            signed=form.cleaned_data["signed"],
            by=self.request.user,
        )

    def get_cancel_url(self):
        return reverse("family-projects", args=[self.family.pk])

    def get_success_message(self):
        return f"Zapisano do projektu „{self.result[0].edition.title}”: {join_list([str(row) for row in self.result])}."

    def get_context_data(self, **kwargs):
        return super().get_context_data(no_places=not self.places, **kwargs)


def label(person: Person, today) -> str:
    age = age_text(person.birth, today)
    return f"{person}, {age}" if age else str(person)
