"""A portion of the participants of one group of a demo project: who reports, begins, leaves and finishes."""

from collections.abc import Iterable
from datetime import date, timedelta

from devtools.demo.invented_people import ADULT_AGES, InventedPeople
from devtools.demo.project_replay import ProjectReplay
from devtools.demo.timeline import ENROLLED, LAST, OFFICE, STARTED
from families.caseload.models import WorkPeriod
from families.choices import Kinship, Sex
from families.people.models import Family, Membership, Person
from lubsko_ops.accounts.models import User
from projects.choices import (
    ActivityKind,
    ConsentKind,
    CriterionResult,
    LeavingReason,
    ParticipationStatus,
    Takes,
)
from projects.choices import ParticipationStepKind as Step
from projects.models import Criterion, ParticipantConsent, Participation, ProjectGroup
from projects.participants.actions import Newcomer, enrol, enrol_outsider, take_step
from projects.participants.facts import criteria_for, guardians_of, person_facts
from projects.participants.places import full_refusal, waiting
from projects.participants.record_actions import record_consent
from projects.participants.rules import check_criterion

ADMITTED = "Rodzina bardzo chce wziąć udział; pozostałe warunki wyjaśnia asystent."
REPORTED_BEFORE = 21  # days before a group that begins later than the recruitment of the project
CARERS = (Kinship.MOTHER, Kinship.FATHER, Kinship.GRANDPARENT)


class Portion:
    """``rows``: its participations in the order in which they reported; ``others``: portions by key."""

    def __init__(
        self, project: ProjectReplay, data: dict, people: InventedPeople, others: dict[str, "Portion"]
    ):
        self.project, self.data, self.people, self.others = project, data, people, others
        self.rows: list[Participation] = []
        self.name = data.get("group", "")
        self.first_day, self.last_day = project.group_days(self.name)
        self.label = f"{project.demo.name} {project.data['key']} {self.name} {data.get('key', '')}"

    @property
    def group(self) -> ProjectGroup:
        return self.project.group(self.name)

    @property
    def from_outside(self) -> bool:
        """Whether these are people invented here, and not members of families or the people of another portion."""
        return not {"families", "families_of", "same_as"} & self.data.keys()

    @property
    def by(self) -> User:
        """The author enrols people from outside; families the manager, who may change all of them."""
        return self.project.author if self.from_outside else self.project.manager

    def plan(self) -> None:
        """Put the reports, the beginning and the end of these participations on the timeline."""
        project, days = self.project, self.project.days
        if "approved" not in days:
            return
        if self.from_outside:
            invented = self._invented()
            reported = self._reported_days(len(invented))
            for number, (person, child) in enumerate(invented, start=1):
                day = reported[number - 1]
                project.at(
                    max(day, days["approved"]),
                    ENROLLED,
                    lambda number=number, person=person, child=child, day=day: self._enrol_outsider(
                        number, person, child, day
                    ),
                )
        if "running" not in days:
            return
        project.at(max(self.first_day, days["running"]), STARTED, self._start)
        for row in self.data.get("broke_off", []):
            day = project.demo.resolve(row["day"])
            project.at(day, OFFICE, lambda row=row, day=day: self._break_off(row, day))
            if "replaced" in row:
                replaced = project.demo.resolve(row["replaced"])
                project.at(replaced, OFFICE, lambda replaced=replaced: self._replace(replaced))
        if self.last_day and (self.last_day < project.demo.day or "ended" in days):
            project.at(self.last_day, LAST.replace(minute=0), self._finish)

    # ---- enrolment -----------------------------------------------------------------------------------
    def _invented(self) -> list[tuple[Person, Person | None]]:
        """People from outside with the child of a pair."""
        data, day, invented = self.data, self.first_day, []
        low, high = data.get("ages", ADULT_AGES)
        for each in data.get("persons", []):
            person = Person(first_name=each["first_name"], last_name=each["last_name"], sex=each["sex"])
            person.born_on, person.birth_precision = date(each["born"], 1, 1), "year"
            invented.append((person, None))
        for sex, number in ((Sex.FEMALE, data.get("women", 0)), (Sex.MALE, data.get("men", 0))):
            for each in range(number):
                invented.append(
                    (self.people.adult(f"{self.label} {sex} {each}", sex, day, (low, high)), None)
                )
        for number, age in enumerate(data.get("children", [])):
            invented.append((self.people.child(f"{self.label} child {number}", age, day), None))
        for number, age in enumerate(data.get("pairs", [])):
            sex = Sex.MALE if number < data.get("fathers", 0) else Sex.FEMALE
            parent = self.people.adult(f"{self.label} parent {number}", sex, day, (low, high))
            invented.append((parent, self.people.child(f"{self.label} of {number}", age, day, parent)))
        return invented

    def _reported_days(self, number: int) -> list[date]:
        """The days on which so many people report, spread over the recruitment."""
        project, demo = self.project, self.project.demo
        texts = project.data.get("texts", {})
        if "reported" in self.data:
            first, last = (demo.resolve(each) for each in self.data["reported"])
        elif "recruits_from" in texts and self.first_day <= project.starts_on:
            first = demo.resolve(texts["recruits_from"])
            last = demo.resolve(texts.get("recruits_to", self.first_day - timedelta(days=1)))
        else:
            first = self.first_day - timedelta(days=REPORTED_BEFORE)
            last = self.first_day - timedelta(days=1)
        last = min(last, self.first_day)  # a recruitment may go on for other groups
        length = max((last - first).days, 0)
        first = min(first, last)
        return [first + timedelta(days=length * each // max(number - 1, 1)) for each in range(number)]

    def _enrol_outsider(self, number: int, person: Person, child: Person | None, day: date) -> None:
        signed = number not in self.data.get("unsigned", [])
        data = Participation(reported_on=day, contact_phone=self.people.phone())
        row = enrol_outsider(
            edition=self.project.edition,
            group=self.group,
            person=person,
            child=child,
            data=data,
            signed=signed,
            by=self.by,
        )
        self.rows.append(row)

    def _enrol_others(self) -> None:
        """Members of families, whole families, or the people of another portion, on the first day of the group."""
        newcomers = self._newcomers()[: self.data.get("limit")]
        days = self._reported_days(len(newcomers))
        again = "same_as" in self.data and self.others[self.data["same_as"]].project is self.project
        for number, (each, day) in enumerate(zip(newcomers, days, strict=True), start=1):
            signed = not again and number not in self.data.get("unsigned", [])
            data = Participation(reported_on=day)
            self.rows += enrol(
                edition=self.project.edition,
                group=self.group,
                newcomers=[each],
                data=data,
                signed=signed,
                by=self.by,
            )

    def _newcomers(self) -> list[Newcomer]:
        if "same_as" in self.data:
            takes_pairs = self.group.takes == Takes.PAIRS
            return [
                Newcomer(each.person, each.child if takes_pairs else None, each.family)
                for each in self.others[self.data["same_as"]].rows
            ]
        group = self.group
        usual = "families" if group.takes == Takes.FAMILIES else "mothers"
        usual = "children" if group.kind == ActivityKind.CHILDREN and usual == "mothers" else usual
        members = self.data.get("members", usual)
        families = self._families()
        if members == "families":
            return [Newcomer(family=family) for family in families]
        order = {family.pk: number for number, family in enumerate(families)}
        rows = Membership.objects.members_on(self.first_day).living_here().filter(family__in=families)
        rows = rows.select_related("person", "family").order_by("person__born_on", "pk")
        chosen = [row for row in rows if self._is_chosen(row, members, group)]
        chosen.sort(key=lambda row: order[row.family_id])
        if members == "guardians":
            chosen.sort(key=lambda row: (order[row.family_id], CARERS.index(row.kinship)))
            chosen = list({row.family_id: row for row in reversed(chosen)}.values())[::-1]
        return [
            Newcomer(person=row.person, family=row.family)
            for row in {r.person_id: r for r in chosen}.values()
        ]

    def _is_chosen(self, row: Membership, members: str, group: ProjectGroup) -> bool:
        age = row.person.age_on(self.first_day)
        if members == "children":
            low, high = group.age_from or 0, 17 if group.age_to is None else group.age_to
            return row.kinship == Kinship.CHILD and low <= (age or 0) <= high
        kinships = CARERS if members == "guardians" else (Kinship.MOTHER,)
        return row.kinship in kinships and (age is None or age >= 18)

    def _families(self) -> list[Family]:
        if "families_of" in self.data:
            rows = self.others[self.data["families_of"]].rows
            return list({row.family_id: row.family for row in rows if row.family}.values())
        if self.data["families"] == "working":
            at_work = WorkPeriod.objects.active_on(self.first_day).values("family")
            return list(Family.objects.filter(pk__in=at_work).order_by("pk"))
        sources = self.project.demo.families
        rows = {family.name: family for family in Family.objects.all()}
        return [rows[sources[key].name] for key in self.data["families"]]

    # ---- beginning and end ---------------------------------------------------------------------------
    def _start(self) -> None:
        """Who has a place begins; the others wait. Children without a consent do not begin."""
        if not self.from_outside:
            self._enrol_others()
        waiting_for_consent = self.data.get("without_consent", 0)
        complete = len(self.rows) - waiting_for_consent
        for number, row in enumerate(self.rows):
            if full_refusal(row):
                self.rows[number] = self._step(row, Step.PUT_ON_RESERVE, self.first_day)
                continue
            self._take_in(number, Step.QUALIFY, self.first_day)
            if number < complete:
                self._sign_for_child(number, self.first_day)
                self.rows[number] = self._step(self.rows[number], Step.BEGIN, self.first_day)

    def _take_in(self, number: int, kind: Step, day: date) -> None:
        answers = _answers(self.rows[number], day)
        unmet = any(answer != CriterionResult.YES for answer, _ in answers.values())
        reason = self.data.get("admitted", ADMITTED) if unmet else ""
        self.rows[number] = take_step(
            participation=self.rows[number],
            kind=kind,
            day=day,
            answers=answers,
            admission_reason=reason,
            version=None,
            by=self.by,
        )

    def _sign_for_child(self, number: int, day: date) -> None:
        """The consent of a guardian; for two children of three also to pictures."""
        row = self.rows[number]
        if row.person is None:
            carers = row.family.memberships.members_on(day).filter(kinship__in=CARERS).order_by("pk")
            self._consent(row, carers[0].person, ConsentKind.DECLARATION, day, {})
            return
        child = row.child or (row.person if (row.person.age_on(day) or 0) < 18 else None)
        if child is None:
            return
        if row.child:
            given_by: dict = {"given_by": row.person}
        elif guardians := guardians_of(child, on=day):
            given_by = {"given_by": guardians[0]}
        else:
            given_by = {"guardian": self.people.guardian(f"{self.label} guardian {number}", child, day)}
        consent = self._consent(row, child, ConsentKind.GUARDIAN, day, given_by)
        if number % 3:
            self._consent(row, child, ConsentKind.IMAGE, day, {"given_by": consent.given_by})

    def _consent(
        self, row: Participation, person: Person, kind: ConsentKind, day: date, given_by: dict
    ) -> ParticipantConsent:
        """The paper, which somebody in two groups of the project signs once."""
        signed = row.edition.consents.filter(person=person, kind=kind, withdrawn_on=None).first()
        return signed or record_consent(
            participation=row, person=person, kind=kind, given_on=day, by=self.by, **given_by
        )

    def _break_off(self, written: dict, day: date) -> None:
        number = written["number"] - 1
        self.rows[number] = self._step(self.rows[number], Step.BREAK_OFF, day, reason=written["reason"])
        if "replaced" in written:
            first = waiting(self.project.edition, self.group)[0]
            self._renew(self._step(first, Step.OFFER, day))

    def _replace(self, day: date) -> None:
        """The first of the reserve list takes the place that was offered."""
        first = waiting(self.project.edition, self.group).exclude(offered_on=None)[0]
        number = self._renew(first)
        self._take_in(number, Step.CONFIRM, day)
        self._sign_for_child(number, day)
        self.rows[number] = self._step(self.rows[number], Step.BEGIN, day)

    def _renew(self, row: Participation) -> int:
        """Its number among the rows, where it stands now as it is."""
        number = next(number for number, each in enumerate(self.rows) if each.pk == row.pk)
        self.rows[number] = row
        return number

    def _finish(self) -> None:
        """Who takes part finishes; who waited did not get a place; who never began has given up."""
        ends = {
            ParticipationStatus.TAKING_PART: (Step.FINISH, ""),
            ParticipationStatus.RESERVE: (Step.REJECT, LeavingReason.NO_PLACE),
            ParticipationStatus.QUALIFIED: (Step.BREAK_OFF, LeavingReason.OWN_WISH),
        }
        for number, row in enumerate(self.rows):
            if row.status in ends:
                kind, reason = ends[ParticipationStatus(row.status)]
                self.rows[number] = self._step(row, kind, self.last_day, reason=reason)

    def _step(self, row: Participation, kind: Step, day: date, *, reason: str = "") -> Participation:
        return take_step(participation=row, kind=kind, day=day, reason=reason, version=None, by=self.by)


def _answers(row: Participation, day: date) -> dict[Criterion, tuple[str, str]]:
    """What the file says; the rest was asked, and the answer was yes."""
    facts = person_facts(row.person, row.family_id, on=day)
    answers: dict[Criterion, tuple[str, str]] = {}
    for criterion in criteria_for(row, on=day):
        answer, source = check_criterion(criterion, facts)
        unknown = answer == CriterionResult.UNKNOWN
        answers[criterion] = (CriterionResult.YES, "rozmowa przy zapisie") if unknown else (answer, source)
    return answers


def portions_of(
    project: ProjectReplay, people: InventedPeople, others: dict[str, Portion]
) -> Iterable[Portion]:
    """The portions of the project; those with a key are added to ``others``."""
    for row in project.data.get("people", []):
        portion = Portion(project, row, people, others)
        if "key" in row:
            others[row["key"]] = portion
        yield portion
