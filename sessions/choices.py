"""Enumerations of meetings and their attendance."""

from django.db import models


class MeetingState(models.TextChoices):
    """Stan spotkania. A withdrawn one was in the schedule and left it before anything happened."""

    PLANNED = "planned", "zaplanowane"
    HELD = "held", "odbyte"
    CANCELLED = "cancelled", "odwołane"
    WITHDRAWN = "withdrawn", "wycofane z harmonogramu"


class MeetingChangeKind(models.TextChoices):
    """Co się stało z terminem spotkania."""

    MOVE = "move", "przeniesienie"
    CANCEL = "cancel", "odwołanie"
    RESTORE = "restore", "przywrócenie"


class Audience(models.TextChoices):
    """Dla kogo jest część spotkania, która biegnie równolegle z innymi."""

    PARENTS = "parents", "rodzice"
    CHILDREN = "children", "dzieci"
    TOGETHER = "together", "razem"
    OTHER = "other", "inna część"


class Presence(models.TextChoices):
    """Obecność na spotkaniu."""

    PRESENT = "present", "obecność"
    LATE = "late", "spóźnienie"
    EXCUSED = "excused", "nieobecność usprawiedliwiona"
    UNEXCUSED = "unexcused", "nieobecność nieusprawiedliwiona"


CAME = (Presence.PRESENT, Presence.LATE)
# The letter of a cell on the screen; on paper a plus stands for a presence.
LETTERS = {Presence.PRESENT: "O", Presence.LATE: "S", Presence.EXCUSED: "U", Presence.UNEXCUSED: "N"}


class FollowUpKind(models.TextChoices):
    """Co zrobiono w sprawie nieobecności."""

    LETTER = "letter", "pismo z zaproszeniem"
    CALL = "call", "rozmowa"
    EXPLAINED = "explained", "wyjaśnione"


class CalendarKind(models.TextChoices):
    """Czyje terminy są w kalendarzu pod prywatnym adresem."""

    WORKER = "worker", "moje spotkania, wizyty i terminy"
    GROUP = "group", "spotkania grupy"
    LEADER = "leader", "spotkania prowadzącego"
