"""Meetings of a group: its schedule, each meeting, what became of its date, who leads it and what is done there."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from lubsko_ops.audit.models import AuditedModel
from lubsko_ops.centre.dictionaries.models import MeetingPlace
from lubsko_ops.core.polish import short_date
from projects.models import GroupLeader, ProjectGroup
from sessions.choices import Audience, MeetingChangeKind, MeetingState
from sessions.schedule.hours import DAY_MINUTES, TimeSlot, format_time

MINUTES = [
    MinValueValidator(1, "Spotkanie trwa co najmniej minutę."),
    MaxValueValidator(DAY_MINUTES - 1, "Spotkanie trwa krócej niż dobę."),
]
SAME_HOUR = "Ta grupa ma już spotkanie tego dnia o tej godzinie."
ONE_PLACE = "Wybierz miejsce z listy albo wpisz inne, nie oba."
TAKES_PLACE = (MeetingState.PLANNED, MeetingState.HELD)


class GroupSchedule(AuditedModel):
    """Harmonogram grupy: the sentences and the schedule they mean; the meetings made from it are rows of their own.

    ``content``: JSON of a ``Schedule`` (sessions/schedule/storage.py). ``starts_at``, ``minutes``: of the meetings for
    which the sentences have none. ``made_until``: of a schedule without an end, the day up to which meetings were
    made. ``certificate_from``: how many presences a certificate takes; empty where no certificates are given.
    """

    set_by_actions = ("group", "content", "made_until", "certificate_from")

    group = models.OneToOneField(
        ProjectGroup, models.PROTECT, verbose_name="grupa", related_name="group_schedule"
    )
    sentences = ArrayField(models.CharField(max_length=300), verbose_name="zdania", default=list, blank=True)
    starts_at = models.TimeField("od godziny", null=True, blank=True)
    minutes = models.PositiveSmallIntegerField("czas w minutach", null=True, blank=True, validators=MINUTES)
    content = models.JSONField("harmonogram", default=dict)
    made_until = models.DateField("spotkania do dnia", null=True, blank=True)
    certificate_from = models.PositiveSmallIntegerField(
        "zaświadczenie od ilu obecności", null=True, blank=True, validators=[MinValueValidator(1)]
    )

    class Meta:
        verbose_name = "harmonogram grupy"
        verbose_name_plural = "harmonogramy grup"

    def __str__(self):
        return "; ".join(self.sentences)


class Meeting(AuditedModel):
    """Spotkanie grupy, on one day or over several days with the same hours on each.

    Without ``starts_at`` the hour is not settled; ``minutes`` is its length on one day. Without a place it is held
    where the group meets. ``scheduled_on``, ``scheduled_at``: the day and hour the schedule gave, kept when it is
    moved; empty for a meeting added by hand. ``made_up_for``: the cancelled meeting this one makes up for.
    ``guest_children``: children who came along and do not take part. ``uid`` and ``sequence``: identity and revision
    in calendars (RFC 5545).
    """

    set_by_actions = (
        "group", "starts_on", "ends_on", "starts_at", "minutes", "place", "other_place", "state", "scheduled_on",
        "scheduled_at", "made_up_for", "guest_children", "uid", "sequence",
    )  # fmt: skip

    group = models.ForeignKey(
        ProjectGroup, models.PROTECT, verbose_name="grupa", related_name="scheduled_meetings"
    )
    starts_on = models.DateField("dzień")
    ends_on = models.DateField("ostatni dzień")
    starts_at = models.TimeField("od godziny", null=True, blank=True)
    minutes = models.PositiveSmallIntegerField("czas w minutach", null=True, blank=True, validators=MINUTES)
    place = models.ForeignKey(
        MeetingPlace, models.PROTECT, verbose_name="miejsce", related_name="+", null=True, blank=True
    )
    other_place = models.CharField("inne miejsce", max_length=200, blank=True)
    state = models.CharField(
        "stan", max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED
    )
    scheduled_on = models.DateField("dzień według harmonogramu", null=True, blank=True)
    scheduled_at = models.TimeField("godzina według harmonogramu", null=True, blank=True)
    made_up_for = models.ForeignKey(
        "self", models.PROTECT, verbose_name="zamiast", related_name="made_up_by", null=True, blank=True
    )
    topic = models.CharField("temat", max_length=200, blank=True)
    course = models.TextField("przebieg", blank=True, max_length=4000)
    materials = models.TextField("materiały", blank=True, max_length=1000)
    homework = models.TextField("na następny raz", blank=True, max_length=1000)
    remarks = models.CharField("uwagi do dziennika", max_length=300, blank=True)
    guest_children = models.PositiveSmallIntegerField(
        "dzieci spoza grupy", null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    uid = models.UUIDField("identyfikator w kalendarzach", default=uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField("wersja w kalendarzach", default=0, editable=False)

    class Meta:
        verbose_name = "spotkanie"
        verbose_name_plural = "spotkania"
        indexes = [
            models.Index(fields=["group", "starts_on", "starts_at", "id"], name="meeting_by_group"),
            models.Index(fields=["starts_on", "group"], include=["ends_on", "state"], name="meeting_by_day"),
            models.Index(
                fields=["place", "starts_on"], name="meeting_by_place", condition=Q(place__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="meeting_days",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="Koniec nie może poprzedzać początku.",
            ),
            models.CheckConstraint(
                name="meeting_hour_has_length",
                condition=Q(starts_at=None) | Q(minutes__isnull=False),
                violation_error_message="Wpisz też, do której godziny.",
            ),
            models.CheckConstraint(
                name="meeting_one_place",
                condition=Q(place=None) | Q(other_place=""),
                violation_error_message=ONE_PLACE,
            ),
            models.UniqueConstraint(
                fields=["group", "starts_on", "starts_at"],
                condition=~Q(state=MeetingState.CANCELLED) & ~Q(state=MeetingState.WITHDRAWN),
                nulls_distinct=False,
                name="meeting_hour_once",
                violation_error_message=SAME_HOUR,
            ),
        ]

    def __str__(self):
        return f"{self.days_text}, {self.hours_text}" if self.hours_text else self.days_text

    @property
    def days_text(self) -> str:
        """ "12.10.2026", "12.10.2026–13.10.2026"."""
        if self.ends_on == self.starts_on:
            return short_date(self.starts_on)
        return f"{short_date(self.starts_on)}–{short_date(self.ends_on)}"

    @property
    def slot(self) -> TimeSlot:
        return TimeSlot(self.starts_at, self.minutes)

    @property
    def hours_text(self) -> str:
        """ "9:00–11:00"; empty while the hour is not settled."""
        return self.slot.text

    @property
    def ends_at(self) -> time | None:
        return self.slot.end

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1

    @property
    def total_minutes(self) -> int:
        """Length on all its days; 0 while it is not settled."""
        return (self.minutes or 0) * self.days

    @property
    def takes_place(self) -> bool:
        """Planned or held: not called off."""
        return self.state in TAKES_PLACE

    def has_begun(self, now: datetime) -> bool:
        """Whether its day and hour have come; ``now`` is local time."""
        start = datetime.combine(self.starts_on, self.starts_at or time(0), now.tzinfo)
        return start <= now

    def is_over(self, today: date) -> bool:
        return self.ends_on < today

    @property
    def place_text(self) -> str:
        """ "Biblioteka, ul. Szkolna 4", that of the group where it has none of its own."""
        if self.place is not None:
            return ", ".join(filter(None, (self.place.name, self.place.address)))
        return self.other_place or self.group.place_text

    @property
    def short_hours(self) -> str:
        """ "9:00"; empty while the hour is not settled."""
        return format_time(self.starts_at) if self.starts_at else ""

    @property
    def interval(self) -> tuple[datetime, datetime]:
        """First and last moment on its first day in local time without a zone; the whole day without an hour."""
        start = datetime.combine(self.starts_on, self.starts_at or time(0))
        length = timedelta(minutes=self.minutes or 0) if self.starts_at else timedelta(days=1)
        return start, start + length


class MeetingChange(AuditedModel):
    """Zmiana terminu: a meeting moved, called off or restored, with the reason; the old date stays on the list."""

    set_by_actions = (
        "meeting", "kind", "decided_on", "from_on", "from_until", "from_at", "from_minutes", "from_place", "to_on",
        "to_until", "to_at", "to_minutes", "to_place",
    )  # fmt: skip

    meeting = models.ForeignKey(Meeting, models.PROTECT, verbose_name="spotkanie", related_name="changes")
    kind = models.CharField("zmiana", max_length=10, choices=MeetingChangeKind.choices)
    decided_on = models.DateField("dzień zmiany")
    reason = models.CharField("powód", max_length=300)
    from_on = models.DateField("było dnia")
    from_until = models.DateField("było do dnia")
    from_at = models.TimeField("było od godziny", null=True, blank=True)
    from_minutes = models.PositiveSmallIntegerField("było minut", null=True, blank=True)
    from_place = models.CharField("było w miejscu", max_length=300, blank=True)
    to_on = models.DateField("jest dnia", null=True, blank=True)
    to_until = models.DateField("jest do dnia", null=True, blank=True)
    to_at = models.TimeField("jest od godziny", null=True, blank=True)
    to_minutes = models.PositiveSmallIntegerField("jest minut", null=True, blank=True)
    to_place = models.CharField("jest w miejscu", max_length=300, blank=True)

    class Meta:
        verbose_name = "zmiana terminu"
        verbose_name_plural = "zmiany terminów"
        indexes = [models.Index(fields=["meeting", "id"], name="meeting_change_by_meeting")]
        constraints = [
            models.CheckConstraint(
                name="meeting_move_has_target",
                condition=~Q(kind=MeetingChangeKind.MOVE) | Q(to_on__isnull=False),
                violation_error_message="Wpisz nowy dzień.",
            ),
            models.CheckConstraint(
                name="meeting_change_says_why",
                condition=Q(reason__gt=""),
                violation_error_message="Napisz, dlaczego termin się zmienia.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.from_on:%d.%m.%Y}"


class MeetingLeader(AuditedModel):
    """Prowadzi to spotkanie: beside the leaders of the group, or instead of one of them (``instead_of``)."""

    set_by_actions = ("meeting",)

    meeting = models.ForeignKey(Meeting, models.PROTECT, verbose_name="spotkanie", related_name="leaders")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="pracownik ośrodka",
        related_name="+",
        null=True,
        blank=True,
    )
    name = models.CharField("osoba spoza ośrodka", max_length=120, blank=True)
    instead_of = models.ForeignKey(
        GroupLeader, models.PROTECT, verbose_name="zamiast", related_name="replaced_at", null=True, blank=True
    )
    reason = models.CharField("powód", max_length=200, blank=True)

    class Meta:
        verbose_name = "prowadzący spotkanie"
        verbose_name_plural = "prowadzący spotkania"
        indexes = [models.Index(fields=["user", "meeting"], name="meeting_leader_by_user")]
        constraints = [
            models.CheckConstraint(
                name="meeting_leader_one_identity",
                condition=Q(user=None, name__gt="") | Q(user__isnull=False, name=""),
                violation_error_message="Wybierz pracownika albo wpisz osobę spoza ośrodka, nie oboje.",
            ),
            models.UniqueConstraint(
                fields=["meeting", "user", "name"],
                nulls_distinct=False,
                name="meeting_leader_once",
                violation_error_message="Ta osoba prowadzi już to spotkanie.",
            ),
        ]

    def __str__(self):
        return self.name or str(self.user)


class MeetingPart(AuditedModel):
    """Część spotkania, which runs beside the others: parents here, children there, then together."""

    set_by_actions = ("meeting", "position")

    meeting = models.ForeignKey(Meeting, models.PROTECT, verbose_name="spotkanie", related_name="parts")
    position = models.PositiveSmallIntegerField("kolejność", default=0)
    audience = models.CharField("dla kogo", max_length=10, choices=Audience.choices)
    starts_at = models.TimeField("od godziny", null=True, blank=True)
    minutes = models.PositiveSmallIntegerField("czas w minutach", null=True, blank=True, validators=MINUTES)
    topic = models.CharField("temat", max_length=200, blank=True)
    leaders = models.CharField("kto prowadzi", max_length=200, blank=True)
    place = models.CharField("gdzie", max_length=120, blank=True)

    class Meta:
        verbose_name = "część spotkania"
        verbose_name_plural = "części spotkania"
        indexes = [models.Index(fields=["meeting", "position"], name="meeting_part_by_meeting")]

    def __str__(self):
        return f"{self.get_audience_display()}: {self.topic}" if self.topic else self.get_audience_display()


class MeetingFile(AuditedModel):
    """Plik do spotkania: the plan of the class, a handout; its bytes are in the encrypted file store."""

    set_by_actions = ("meeting", "content_type", "stored_as", "checksum", "size")

    meeting = models.ForeignKey(Meeting, models.PROTECT, verbose_name="spotkanie", related_name="files")
    title = models.CharField("co to jest", max_length=120)
    content_type = models.CharField("typ", max_length=100)
    stored_as = models.UUIDField("plik", default=uuid4, unique=True, editable=False)
    checksum = models.CharField("suma kontrolna", max_length=64)
    size = models.PositiveIntegerField("rozmiar")

    class Meta:
        verbose_name = "plik do spotkania"
        verbose_name_plural = "pliki do spotkań"
        indexes = [models.Index(fields=["meeting", "id"], name="meeting_file_by_meeting")]

    def __str__(self):
        return self.title
