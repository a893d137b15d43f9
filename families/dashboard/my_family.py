"""A family as its assistant sees it on her start page."""

from dataclasses import dataclass
from datetime import date, time
from functools import cached_property

from families.case_files.family_list.presenters import FamilyRow
from families.case_files.task_list import deadline_url, plan_deadline_url
from families.choices import DeadlineKind
from families.people.models import Address
from lubsko_ops.core.polish import short_date


@dataclass(frozen=True)
class MyFamily(FamilyRow):
    """A row of the list with the duties open in the family, the last visit and the day agreed for the next one."""

    @cached_property
    def duties(self) -> list[dict]:
        """Open duties by date: name, due, mine, who, url (the page where it is done, if it has one)."""
        return [
            {
                "name": DeadlineKind(each["kind"]).label,
                "due": date.fromisoformat(each["due_on"]),
                "mine": each["who"] == self.user.pk,
                "who": f"{each['first']} {each['last']}" if each["who"] else "kierownik",
                "url": deadline_url(each["kind"], family=self.pk, about=each["about"], user=self.user),
            }
            for each in self.family.duties_open
        ]

    @property
    def plans(self) -> list[dict]:
        """Her plans sent back to be mended or waiting for signatures: version, url, note, since."""
        words = {DeadlineKind.PLAN_FIX: "do poprawy od", DeadlineKind.PLAN_SIGN: "do podpisu od"}
        return [
            {
                "version": each["about"],
                "url": plan_deadline_url(each["kind"], self.pk, each["about"]),
                "since": date.fromisoformat(each["since"]),
                "words": words[each["kind"]],
            }
            for each in self.family.duties_open
            if each["kind"] in words and each["who"] == self.user.pk
        ]

    @property
    def duty(self) -> dict | None:
        """The nearest of her duties; where none is hers, the nearest of somebody else's."""
        return next((each for each in self.duties if each["mine"]), next(iter(self.duties), None))

    @property
    def due(self) -> date | None:
        return self.duty["due"] if self.duty else None

    @property
    def late(self) -> list[dict]:
        """Her duties that are overdue."""
        return [each for each in self.duties if each["mine"] and each["due"] < self.on]

    @property
    def next_on(self) -> date | None:
        """The day agreed at the last visit; a newer visit, held or failed, takes its place."""
        day = (self.family.agreed or {}).get("day")
        return date.fromisoformat(day) if day else None

    @property
    def next_at(self) -> time | None:
        at = (self.family.agreed or {}).get("at")
        return time.fromisoformat(at) if at else None

    @property
    def next_words(self) -> str:
        """ "dziś, 13:30", "16.10.2026"."""
        if not self.next_on:
            return ""
        day = "dziś" if self.next_on == self.on else short_date(self.next_on)
        return f"{day}, {self.next_at:%H:%M}" if self.next_at else day

    @property
    def next_missed(self) -> bool:
        """The agreed day has passed and no visit was written."""
        return bool(self.next_on and self.next_on < self.on)

    @property
    def street(self) -> str:
        """Where to go: "ul. Długa 14 m. 2", "Chocicz 21"."""
        place = self.family.place
        if not place:
            return ""
        return Address(**{name: place[name] for name in ("street", "house", "flat", "locality")}).street_line
