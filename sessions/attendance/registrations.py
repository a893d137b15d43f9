"""What attendance registers: deadlines of absences, its part of the page of a group, the panel of leaders."""

from lubsko_ops.core.dashboard import URLS, NamedUrl
from lubsko_ops.core.links import reverse
from sessions.attendance import deadlines, sections


def register() -> None:
    deadlines.register()
    sections.register()
    URLS.register(
        NamedUrl("absences of a participant", lambda row: reverse("meetings:follow-up", args=[row]))
    )
