"""Pismo o nieobecności: an invitation to the next meeting. What was missed, when the next one is, whom to call."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from families.caseload.models import Assignment
from families.choices import AddressKind, AssignmentKind, Sex
from families.people.models import Address, Family, Membership, Person
from lubsko_ops.accounts.models import User
from lubsko_ops.centre.models import get_letterhead
from lubsko_ops.core.polish import MONTHS_GENITIVE, NBSP, WEEKDAYS, join_list, long_date, with_preposition
from lubsko_ops.output.issued_papers import PaperKind
from projects.models import GroupLeader, ParticipantConsent, Participation
from projects.participants.facts import children_among, guardians_of
from sessions.attendance.roster import SlotKey
from sessions.attendance.rules import AbsenceRun
from sessions.choices import MeetingState
from sessions.models import Meeting
from sessions.printouts.schedules import contacts, day_words

TEMPLATE = "print/meetings/absence_letter.html"
ABSENCE_LETTER = PaperKind("absence_letter", "Zaproszenie na spotkanie", TEMPLATE)
SUBJECT = "absence"
WITHHELD = "Tego adresu nie wolno drukować. Zostaw to pole puste i dopisz adres ręcznie na kopercie."
ACCUSATIVES = {"środa": "środę", "sobota": "sobotę", "niedziela": "niedzielę"}
MISSED = {
    2: "dwóch ostatnich spotkaniach",
    3: "trzech ostatnich spotkaniach",
    4: "czterech ostatnich spotkaniach",
    5: "pięciu ostatnich spotkaniach",
}


@dataclass(frozen=True)
class FormOfAddress:
    """The words in which a woman, a man or several people are addressed."""

    salutation: str
    genitive: str
    cannot: str
    addressee: str


PANI = FormOfAddress("Szanowna Pani", "Pani", "nie może Pani", "adresatka")
PAN = FormOfAddress("Szanowny Panie", "Pana", "nie może Pan", "adresat")
PANSTWO = FormOfAddress("Szanowni Państwo", "Państwa", "nie mogą Państwo", "adresaci")


def address_of(person: Person | None) -> FormOfAddress:
    """By sex; of several people, or of somebody of whom it is not recorded, in the plural."""
    return {Sex.FEMALE: PANI, Sex.MALE: PAN}.get(person.sex, PANSTWO) if person else PANSTWO


@dataclass(frozen=True)
class Letter:
    """What is chosen and written in the form. ``recipient``: None for somebody named by hand."""

    recipient: Person | None
    name: str
    address: str
    opening: str
    text: str
    signer: str
    distribution: str


# ---- to whom -----------------------------------------------------------------------------------------
def recipients_of(row: Participation, *, on: date) -> list[Person]:
    """Who may get the letter: the adult who takes part; of a child its guardians; of a family its adults."""
    if row.person is None:
        members = Membership.objects.filter(family=row.family_id).members_on(on).adults_on(on)
        return [each.person for each in members.select_related("person").order_by("person__born_on", "pk")]
    if not is_child(row, on=on):
        return [row.person]
    signed = ParticipantConsent.objects.filter(edition=row.edition_id, person=row.person, withdrawn_on=None)
    signers = [each.given_by for each in signed.select_related("given_by") if each.given_by]
    return list(dict.fromkeys([*signers, *guardians_of(row.person, on=on)]))


def is_child(row: Participation, *, on: date) -> bool:
    """Whether a child takes part alone, so that the letter goes to a guardian."""
    return row.person is not None and row.person_id in children_among([row.person], on=on)


# ---- the address -------------------------------------------------------------------------------------
def printable_address(row: Participation, recipients: Collection[Person], user: User, *, on: date) -> str:
    """The address to begin with: the one given for the project, else that of the file if the user may open it.

    Empty where it is withheld from somebody.
    """
    if row.contact_address:
        return "" if is_withheld(row.contact_address, row) else row.contact_address
    families = Family.objects.visible_to(user, on=on).filter(pk=row.family_id or 0)
    if not families.exists():
        return ""
    homes = Address.objects.active_on(on).filter(
        Q(family=row.family_id) | Q(membership__family=row.family_id, membership__person__in=recipients),
        kind=AddressKind.RESIDENCE,
    )
    own_first = sorted(homes, key=lambda each: each.family_id is not None)
    printable = own_first and not is_withheld(own_first[0].line, row)
    return "\n".join(own_first[0].line.split(", ", 1)) if printable else ""


def is_withheld(address: str, row: Participation) -> bool:
    """Whether the text holds an address of these people that is withheld from somebody, now or before."""
    people = [pk for pk in (row.person_id, row.child_id) if pk]
    families = Membership.objects.filter(person__in=people).values("family")
    rows = Address.objects.filter(
        Q(family__in=families) | Q(family=row.family_id or 0) | Q(membership__family__in=families),
        withheld_from__isnull=False,
    )
    typed = squeezed(address)
    return bool(typed) and any(squeezed(each.street_line) in typed for each in rows)


def squeezed(text: str) -> str:
    """Letters and digits alone, for comparing addresses as people write them."""
    return "".join(each for each in text.casefold().replace("ul.", "") if each.isalnum())


# ---- the text ----------------------------------------------------------------------------------------
def main_slot(row: Participation, runs: dict[SlotKey, AbsenceRun]) -> SlotKey | None:
    """Whose absences the letter is about: of a pair those of the adult, if there are any."""
    return next((key for key in ((row.pk, row.person_id), (row.pk, row.child_id)) if key in runs), None)


def opening_text(row: Participation, runs: dict[SlotKey, AbsenceRun], *, on: date) -> str:
    """ "Nie było Pani na dwóch ostatnich spotkaniach grupy „…”: 5 i 12 grudnia 2026 r. …"."""
    slot = main_slot(row, runs)
    if slot is None:
        return ""
    days = [mark.day for mark in runs[slot].marks]
    number = MISSED.get(len(days), f"{len(days)} ostatnich spotkaniach")
    listed = f"{number} grupy „{row.group}”: {days_in_words(days)}."
    ask = "Chcemy wiedzieć, czy coś się stało i czy możemy pomóc."
    child = row.child if row.child and (row.pk, row.person_id) not in runs else None
    if child or is_child(row, on=on):
        return f"{child or row.person}: zabrakło dziecka na {listed} {ask}"
    together = " z dzieckiem" if row.child and (row.pk, row.child_id) in runs else ""
    return f"Nie było {address_of(row.person).genitive}{together} na {listed} {ask}"


def body_text(
    row: Participation,
    leaders: Iterable[GroupLeader],
    *,
    attendance: str,
    threshold: int | None,
    on: date,
) -> str:
    """What follows the invitation: whom to call, what to tell, that leaving costs nothing. Paragraphs."""
    centre = get_letterhead()
    form = PANSTWO if is_child(row, on=on) else address_of(row.person)
    phones = contacts(leaders, on=on) or (
        [{"name": "ośrodek", "phone": centre.phone}] if centre.phone else []
    )
    call = join_list((f"{each['name']}, tel. {each['phone']}" for each in phones), "albo")
    comes = "Jeśli dziecko nie może" if is_child(row, on=on) else f"Jeśli {form.cannot}"
    paragraphs = [
        f"{comes} przyjść, prosimy o telefon{': ' if call else ' do ośrodka'}{call}. Wystarczy powiedzieć dlaczego. "
        "Jeśli przeszkadza dojazd, godzina albo opieka nad dziećmi, poszukamy rozwiązania.",
        "Udział w projekcie jest dobrowolny. Rezygnacja nie ma wpływu na inne formy pomocy ośrodka.",
    ]
    if attendance and threshold:
        paragraphs.insert(
            0, f"Dotychczasowe obecności: {attendance}. Zaświadczenie wydajemy od {threshold} obecności."
        )
    return "\n\n".join(paragraphs)


def days_in_words(days: list[date]) -> str:
    """ "5 i 12 grudnia 2026 r.", "30 listopada i 7 grudnia 2026 r."; without the full stop at the end."""
    texts = []
    for place, day in enumerate(days):
        following = days[place + 1] if place + 1 < len(days) else None
        text = str(day.day)
        if following is None or (following.month, following.year) != (day.month, day.year):
            text += f"{NBSP}{MONTHS_GENITIVE[day.month - 1]}"
        if following is None or following.year != day.year:
            text += f"{NBSP}{day.year}{NBSP}r."
        texts.append(text)
    return join_list(texts).rstrip(".")


def next_meeting(row: Participation, now: datetime) -> Meeting | None:
    """The next planned meeting of the group that has not begun."""
    rows = Meeting.objects.filter(
        group=row.group_id, state=MeetingState.PLANNED, starts_on__gte=now.date()
    ).select_related("group__place", "place")
    return next(
        (each for each in rows.order_by("starts_on", "starts_at", "pk") if not each.has_begun(now)), None
    )


def invitation_to(meeting: Meeting | None) -> dict[str, str] | None:
    """When, to be printed in bold, and where."""
    if meeting is None:
        return None
    weekday = WEEKDAYS[meeting.starts_on.weekday()]
    when = f"{with_preposition('w', ACCUSATIVES.get(weekday, weekday))} {long_date(meeting.starts_on)}"
    if meeting.ends_on != meeting.starts_on:
        when = f"{day_words(meeting.starts_on, meeting.ends_on, with_year=True)} r."
    hour = f" o godz. {meeting.short_hours}" if meeting.short_hours else ""
    return {"when": when + hour, "place": meeting.place_text}


def distribution_text(row: Participation, recipients: Collection[Person], user: User, *, on: date) -> str:
    """Who gets the letter, one a line: the assistant of the family where the user may open its file."""
    form = address_of(next(iter(recipients))) if len(recipients) == 1 else PANSTWO
    lines = [form.addressee]
    families = Family.objects.visible_to(user, on=on).filter(pk=row.family_id or 0)
    leading = Assignment.objects.active_on(on).filter(
        period__family__in=families.values("pk"), kind=AssignmentKind.LEADING
    )
    lines += [f"{each.assistant}, asystent rodziny" for each in leading.select_related("assistant")[:1]]
    return "\n".join([*lines, "a/a"])


# ---- the paper ---------------------------------------------------------------------------------------
def letter_context(row: Participation, letter: Letter, *, on: date, now: datetime) -> dict[str, Any]:
    """What the letter says, as plain values."""
    recipient = letter.recipient
    name = f"{recipient.first_name} {recipient.last_name}" if recipient else letter.name
    return {
        "case_reference": row.edition.case_reference,
        "locality": get_letterhead().locality,
        "dated": on,
        "salutation": address_of(recipient).salutation,
        "name": name,
        "address": lines_of(letter.address),
        "opening": paragraphs_of(letter.opening),
        "invitation": invitation_to(next_meeting(row, now)),
        "paragraphs": paragraphs_of(letter.text),
        "signer": letter.signer,
        "distribution": lines_of(letter.distribution),
    }


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def paragraphs_of(text: str) -> list[str]:
    """Paragraphs are separated by empty lines."""
    blocks = text.replace("\r\n", "\n").split("\n\n")
    return [" ".join(block.split()) for block in blocks if block.strip()]
