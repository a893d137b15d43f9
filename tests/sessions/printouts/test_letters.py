"""The letter about absences: to whom, with which text, where it may not be printed, and that it ends the notice."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from lubsko_ops.audit.history import save_with_history
from lubsko_ops.audit.models import AccessLogEntry
from lubsko_ops.output.issued_papers import get_content, paper_context, papers_about
from projects.models import Edition
from sessions.attendance.absences import open_runs
from sessions.models import AbsenceFollowUp
from sessions.printouts.actions import issue_absence_letter, set_certificate_threshold
from sessions.printouts.letters import ABSENCE_LETTER, SUBJECT, Letter, days_in_words, is_withheld
from tests.form_client import submit_form
from tests.lubsko_ops.output.conftest import pdf_text, validation_errors
from tests.projects.groups.helpers import mother_of, page
from tests.sessions.printouts.helpers import join, mark, new_person, url_of, weekly, workshop


@pytest.fixture
def group(tomasz, maria):
    """Two held, the next on 19 October."""
    group = workshop(tomasz, maria, other_place="Sala 2")
    weekly(group, tomasz, 3, held=2)
    return group


@pytest.fixture
def row(group, tomasz, kowalscy):
    """Danuta Kowalska missed both."""
    return absent(group, tomasz, mother_of(kowalscy), family=kowalscy)


def absent(group, by, person=None, letters="nu", **fields):
    row = join(group, by, person, **fields)
    mark(list(group.scheduled_meetings.order_by("starts_on")), row, by, letters)
    return row


def opened(client, row):
    return client.get(url_of("absence-letter", row.pk)).content.decode().replace("\u00a0", " ")


def letter_of(follow_up):
    return papers_about(SUBJECT, follow_up.pk)[ABSENCE_LETTER.code]


def letter_to(person, **fields):
    values = {
        "recipient": person,
        "name": "",
        "address": "",
        "opening": "Nie było Pani.",
        "text": "Prosimy o telefon.",
    }
    return Letter(**values | {"signer": "Tomasz Lis", "distribution": "adresatka\na/a"} | fields)


# ---- the form ----------------------------------------------------------------------------------------
def test_it_begins_with_the_facts(as_tomasz, row, group, tomasz):
    set_certificate_threshold(group=group, certificate_from=2, why="", version=None, by=tomasz)
    page = opened(as_tomasz, row)
    assert (
        "Nie było Pani na dwóch ostatnich spotkaniach grupy „Warsztaty dla mam”: 5 i 12 października 2026 r."
        in page
    )
    assert "<b>w poniedziałek 19 października 2026 r. o godz. 9:00</b>, miejsce: Sala 2." in page
    assert "Dotychczasowe obecności: 0 z 2. Zaświadczenie wydajemy od 2 obecności." in page
    assert "Udział w projekcie jest dobrowolny." in page and "Projekt nie ma znaku" in page


def test_the_notice_of_absences_leads_to_it(as_tomasz, row):
    page = as_tomasz.get(f"/grupy/{row.group_id}/").content.decode()
    assert url_of("absence-letter", row.pk) in page


def test_a_man_is_addressed_as_one(as_tomasz, group, tomasz):
    row = absent(group, tomasz, new_person(tomasz, "Jan", "Kot", "male"))
    assert "Nie było Pana na dwóch" in opened(as_tomasz, row)


def test_without_a_next_meeting_no_day_is_given(as_tomasz, group, tomasz, row):
    group.scheduled_meetings.filter(state="planned").update(state="cancelled")
    assert "nie podaje dnia" in opened(as_tomasz, row)
    done = issue_absence_letter(participation=row, letter=letter_to(row.person), by=tomasz)
    assert paper_context(letter_of(done))["invitation"] is None


def test_one_absence_is_no_reason(as_tomasz, group, tomasz):
    row = absent(group, tomasz, new_person(tomasz, "Ewa", "Kot"), "+n")
    assert as_tomasz.get(url_of("absence-letter", row.pk)).status_code == 302
    with pytest.raises(ValidationError):
        issue_absence_letter(participation=row, letter=letter_to(row.person), by=tomasz)


def test_the_letter_for_a_child_goes_to_the_chosen_guardian(as_tomasz, group, tomasz, kowalscy):
    child = kowalscy.memberships.get(person__first_name="Kacper").person
    row = absent(group, tomasz, child, family=kowalscy)
    url, mother = url_of("absence-letter", row.pk), mother_of(kowalscy)
    assert "zabrakło dziecka na dwóch ostatnich spotkaniach" in opened(as_tomasz, row)
    assert submit_form(as_tomasz, url).status_code == 422  # none is chosen beforehand
    assert submit_form(as_tomasz, url, recipient="inna").status_code == 422
    assert submit_form(as_tomasz, url, recipient=str(mother.pk)).status_code == 302
    context = paper_context(letter_of(AbsenceFollowUp.objects.get()))
    assert (context["name"], context["salutation"]) == ("Danuta Kowalska", "Szanowna Pani")


def test_a_guardian_who_is_in_no_file_is_written_by_hand(as_tomasz, group, tomasz):
    row = absent(group, tomasz, new_person(tomasz, "Ola", "Mak", born_on=date(2020, 1, 1)))
    url = url_of("absence-letter", row.pk)
    assert submit_form(as_tomasz, url, recipient="inna", recipient_name="Zofia Mak").status_code == 302
    context = paper_context(letter_of(AbsenceFollowUp.objects.get()))
    assert (context["name"], context["salutation"]) == ("Zofia Mak", "Szanowni Państwo")


# ---- addresses ---------------------------------------------------------------------------------------
def test_the_address_of_the_file_is_for_who_opens_the_file(client, as_tomasz, maria, row, kowalscy):
    home = kowalscy.addresses.first()
    assert home.street_line in opened(as_tomasz, row)
    row.contact_address = "ul. Inna 3, Lubsko"
    row.save()
    assert "ul. Inna 3" in opened(as_tomasz, row)


def test_a_withheld_address_is_neither_offered_nor_printed(as_tomasz, row, kowalscy, tomasz):
    home = kowalscy.addresses.first()
    home.withheld_from = kowalscy.memberships.get(kinship="father").person
    save_with_history(home, by=tomasz, why="Nie ujawniać")
    assert home.street_line not in opened(as_tomasz, row)
    url = url_of("absence-letter", row.pk)
    response = submit_form(as_tomasz, url, address=f"  {home.street_line.upper()} Lubsko")
    assert response.status_code == 422 and "nie wolno drukować" in response.content.decode()
    assert not AbsenceFollowUp.objects.exists()
    assert not is_withheld("", row)


def test_one_withheld_later_opens_after_a_warning(as_tomasz, row, kowalscy, tomasz, no_pdf):
    home = kowalscy.addresses.first()
    done = issue_absence_letter(participation=row, letter=letter_to(row.person, address=home.line), by=tomasz)
    home.withheld_from = kowalscy.memberships.get(kinship="father").person
    save_with_history(home, by=tomasz, why="Nie ujawniać")
    url = url_of("absence-letter-pdf", done.pk)
    assert "zastrzeżony adres" in as_tomasz.get(url).content.decode()
    assert as_tomasz.get(f"{url}?mimo-to=1")["Content-Type"] == "application/pdf"


# ---- issuing -----------------------------------------------------------------------------------------
def test_the_letter_is_kept_and_ends_the_notice(as_tomasz, row, group):
    response = submit_form(
        as_tomasz, url_of("absence-letter", row.pk), text="Prosimy o telefon.\n\nDziękujemy <b>."
    )
    assert response.status_code == 302
    done = AbsenceFollowUp.objects.get()
    assert (done.kind, done.person_id, done.meeting.starts_on) == (
        "letter",
        row.person_id,
        date(2026, 10, 12),
    )
    assert open_runs([row]) == {}
    paper = letter_of(done)
    assert paper.title == "Zaproszenie na spotkanie" and "Kowalsk" not in paper.number
    content = get_content(paper.pk)
    assert as_tomasz.get(url_of("absence-letter-pdf", done.pk)).content == content
    assert validation_errors(content, "ua1") == validation_errors(content, "3a") == []
    text = " ".join(pdf_text(content).split())
    assert (
        "Szanowna Pani" in text
        and "Dziękujemy <b>." in text
        and "19 października 2026 r. o godz. 9:00" in text
    )
    listed = as_tomasz.get(url_of("absence-letters", group.pk)).content.decode()
    assert url_of("absence-letter-pdf", done.pk) in listed
    assert as_tomasz.get(url_of("absence-letter", row.pk)).status_code == 302  # nothing is left to explain


def test_it_is_a_step_away_from_the_notice(as_tomasz, row, group, tomasz):
    address = url_of("absence-letter", row.pk)
    pages = [
        page("groups:group", group.pk),
        url_of("follow-up", row.pk),
        url_of("absence-letters", group.pk),
    ]
    assert all(address in as_tomasz.get(each).content.decode() for each in pages)
    issue_absence_letter(participation=row, letter=letter_to(row.person), by=tomasz)
    assert address not in as_tomasz.get(pages[2]).content.decode()


def test_the_assistant_of_the_family_writes_it_too(as_anna, row, anna):
    assert as_anna.get(url_of("absence-letter", row.pk)).status_code == 200
    entry = AccessLogEntry.objects.latest("pk")
    assert row.person_id in entry.persons and entry.access_area == "meeting_papers"
    done = issue_absence_letter(participation=row, letter=letter_to(row.person), by=anna)
    assert "a/a" in paper_context(letter_of(done))["distribution"]


def test_strangers_see_no_letter(client, row, ewa, jan, tomasz):
    done = issue_absence_letter(participation=row, letter=letter_to(row.person), by=tomasz)
    for user, statuses in ((ewa, (404, 404)), (jan, (404, 404))):
        client.force_login(user)
        urls = (url_of("absence-letter", row.pk), url_of("absence-letter-pdf", done.pk))
        assert tuple(client.get(url).status_code for url in urls) == statuses
    client.force_login(ewa)
    assert "Kowalska" not in client.get(url_of("absence-letters", row.group_id)).content.decode()


def test_somebody_who_may_not_is_refused_by_the_action(row, ewa):
    with pytest.raises(PermissionDenied):
        issue_absence_letter(participation=row, letter=letter_to(row.person), by=ewa)


def test_a_closed_project_writes_none(as_tomasz, row):
    Edition.objects.filter(pk=row.edition_id).update(state="settled")
    assert as_tomasz.get(url_of("absence-letter", row.pk)).status_code == 302


def test_bad_input_keeps_what_was_typed(as_tomasz, row):
    url = url_of("absence-letter", row.pk)
    response = submit_form(as_tomasz, url, opening="", text="Moje słowa", signer="x" * 130)
    page = response.content.decode()
    assert response.status_code == 422 and "Moje słowa" in page and not AbsenceFollowUp.objects.exists()


# ---- words -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([(2026, 12, 5), (2026, 12, 12)], "5 i 12 grudnia 2026 r"),
        ([(2026, 11, 30), (2026, 12, 7)], "30 listopada i 7 grudnia 2026 r"),
        ([(2026, 12, 1), (2026, 12, 8), (2027, 1, 5)], "1, 8 grudnia 2026 r. i 5 stycznia 2027 r"),
    ],
)
def test_days_in_words(days, words):
    assert days_in_words([date(*day) for day in days]).replace("\u00a0", " ") == words
