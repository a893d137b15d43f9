"""Certificates: the threshold, who reached it, numbers without gaps, and that an issued one stays as it is."""

from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from pypdf import PdfReader

from lubsko_ops.audit.history import VersionConflict, save_with_history
from lubsko_ops.output.issued_papers import get_content, paper_context, papers_about
from lubsko_ops.output.models import IssuedPaper
from projects.groups.queries import leaders_of
from projects.models import Edition, GroupLeader, ProjectGroup
from sessions.models import Certificate, GroupSchedule
from sessions.printouts.actions import issue_certificates, set_certificate_threshold
from sessions.printouts.certificates import (
    CERTIFICATE,
    SUBJECT,
    certificate_context,
    certificate_rows,
    threshold_of,
)
from tests.concurrency import run_together
from tests.factories import TODAY
from tests.form_client import submit_form
from tests.lubsko_ops.output.conftest import html_to_pdf, validation_errors
from tests.sessions.printouts.helpers import (
    html_of,
    join,
    mark,
    new_person,
    register_of,
    url_of,
    weekly,
    workshop,
)


@pytest.fixture
def group(tomasz, maria):
    """Two meetings, both held."""
    group = workshop(tomasz, maria)
    weekly(group, tomasz, 2, held=2, topic="Emocje")
    return group


@pytest.fixture
def people(group, tomasz):
    """Celina came twice, Bogdan twice and was late, Żaneta once."""
    rows = [
        join(group, tomasz, new_person(tomasz, "Celina", "Ćwik")),
        join(group, tomasz, new_person(tomasz, "Bogdan", "Bąk", "male")),
        join(group, tomasz, new_person(tomasz, "Żaneta", "Żuk")),
    ]
    meetings = list(group.scheduled_meetings.order_by("starts_on"))
    for row, letters in zip(rows, ("++", "+s", "+n"), strict=True):
        mark(meetings, row, tomasz, letters)
    return rows


@pytest.fixture
def threshold(group, tomasz):
    return set_certificate_threshold(group=group, certificate_from=2, why="", version=None, by=tomasz)


def issue(group, rows, by, **fields):
    chosen = [(row.pk, row.person_id) for row in rows]
    return issue_certificates(group=group, chosen=chosen, **({"before_end": False, "by": by} | fields))


def rows_of(group):
    return certificate_rows(register_of(group), threshold_of(group))


def context_of(certificate):
    return paper_context(papers_about(SUBJECT, certificate.pk)[CERTIFICATE.code])


# ---- threshold ---------------------------------------------------------------------------------------
def test_an_author_sets_the_threshold(as_tomasz, group):
    response = submit_form(as_tomasz, url_of("certificate-threshold", group.pk), certificate_from="2")
    assert response.status_code == 302 and threshold_of(group) == 2


def test_a_change_says_why_and_stays_in_the_history(as_tomasz, group, threshold):
    url = url_of("certificate-threshold", group.pk)
    assert submit_form(as_tomasz, url, certificate_from="1").status_code == 422
    assert submit_form(as_tomasz, url, certificate_from="1", why="odwołano spotkanie").status_code == 302
    assert [each.history_change_reason for each in threshold.history.order_by("history_id")] == [
        "Próg zaświadczeń",
        "odwołano spotkanie",
    ]


def test_without_a_change_nothing_is_written(as_tomasz, group, threshold):
    assert submit_form(as_tomasz, url_of("certificate-threshold", group.pk)).status_code == 302
    assert threshold.history.count() == 1


@pytest.mark.parametrize("value", ["0", "-1", "dwa", "99999"])
def test_bad_thresholds_are_refused_with_what_was_typed(as_tomasz, group, value):
    response = submit_form(as_tomasz, url_of("certificate-threshold", group.pk), certificate_from=value)
    assert response.status_code == 422 and f'value="{value}"' in response.content.decode()
    assert not GroupSchedule.objects.exists()


def test_more_than_there_are_meetings_is_asked(as_tomasz, group):
    response = submit_form(as_tomasz, url_of("certificate-threshold", group.pk), certificate_from="3")
    assert response.status_code == 422 and "spotkań jest 2" in response.content.decode()


def test_two_who_set_it_first_do_not_overwrite_each_other(group, tomasz, maria, threshold):
    with pytest.raises(VersionConflict):
        set_certificate_threshold(group=group, certificate_from=1, why="", version=None, by=maria)


def test_leaders_do_not_set_it(client, group, anna, tomasz):
    save_with_history(GroupLeader(group=group, user=anna, starts_on=date(2026, 10, 1)), by=tomasz, why="x")
    client.force_login(anna)
    assert client.get(url_of("certificate-threshold", group.pk)).status_code == 403
    with pytest.raises(PermissionDenied):
        set_certificate_threshold(group=group, certificate_from=1, why="", version=None, by=anna)


# ---- the page ----------------------------------------------------------------------------------------
def test_the_page_says_who_reached_it_and_how_many_are_missing(as_tomasz, group, people, threshold):
    assert [(row.line.name, row.score.text, row.status["text"]) for row in rows_of(group)] == [
        ("Bąk Bogdan", "2 z 2", "można wydać"),
        ("Ćwik Celina", "2 z 2", "można wydać"),
        ("Żuk Żaneta", "1 z 2", "brakuje 1"),
    ]
    page = as_tomasz.get(url_of("certificates", group.pk)).content.decode().replace("\u00a0", " ")
    assert "Wydaj 2 zaświadczenia" in page and "brakuje 1" in page


def test_a_pair_gets_two_and_a_family_none(group, tomasz, threshold, nowakowie):
    mother, child = (
        new_person(tomasz, "Ewa", "Lis"),
        new_person(tomasz, "Jaś", "Lis", "male", date(2020, 1, 1)),
    )
    meetings = list(group.scheduled_meetings.order_by("starts_on"))
    pair = join(group, tomasz, mother, child=child)
    family = join(group, tomasz, family=nowakowie)
    for person in (mother, child):
        mark(meetings, pair, tomasz, "++", person=person)
    mark(meetings, family, tomasz, "++")
    assert [row.line.name for row in rows_of(group) if row.is_due] == ["Lis Ewa", "Lis Jaś"]


# ---- issuing -----------------------------------------------------------------------------------------
def test_all_who_reached_it_get_numbers_in_order(as_tomasz, group, people, threshold):
    response = submit_form(as_tomasz, url_of("certificate-issue", group.pk))
    assert response.status_code == 302
    assert [(each.number_text, str(each.person), each.attended, each.meetings, each.minutes)
            for each in Certificate.objects.order_by("number")] == [
        ("1/2026", "Bogdan Bąk", 2, 2, 240), ("2/2026", "Celina Ćwik", 2, 2, 240),
    ]  # fmt: skip
    assert IssuedPaper.objects.filter(kind="certificate", file_id=group.edition_id).count() == 2


def test_one_may_be_chosen(as_tomasz, group, people, threshold):
    url = url_of("certificate-issue", group.pk)
    code = f"{people[0].pk}-{people[0].person_id}"
    page = as_tomasz.get(f"{url}?kto={code}").content.decode()
    assert page.count("checked") == 1
    assert submit_form(as_tomasz, url, people=[code]).status_code == 302
    assert [each.person for each in Certificate.objects.all()] == [people[0].person]


def test_nobody_chosen_and_somebody_below_the_threshold(as_tomasz, group, people, tomasz, threshold):
    url = url_of("certificate-issue", group.pk)
    assert submit_form(as_tomasz, url, people=[]).status_code == 422
    below = f"{people[2].pk}-{people[2].person_id}"
    assert submit_form(as_tomasz, url, people=[below]).status_code == 422
    with pytest.raises(ValidationError):
        issue(group, people, tomasz)
    assert not Certificate.objects.exists()


def test_before_the_end_is_asked(as_tomasz, group, people, tomasz, threshold):
    weekly(group, tomasz, 1, first=date(2026, 11, 2))
    with pytest.raises(ValidationError):
        issue(group, people[:1], tomasz)
    url = url_of("certificate-issue", group.pk)
    response = submit_form(as_tomasz, url)
    assert response.status_code == 422 and "przed końcem" in response.content.decode()
    early = issue(group, people[:1], tomasz, before_end=True)[0]
    context = context_of(early)
    assert context["verb"] == "uczestniczyła w projekcie socjalnym"
    assert context["attendance"].replace("\u00a0", " ") == (
        "Do 13 października 2026 r. obecność na 2 z 2 spotkań, łącznie 4 godziny."
    )


def test_the_verb_follows_sex(group, people, tomasz, threshold):
    verbs = [context_of(each)["verb"] for each in issue(group, people[:2], tomasz)]
    assert verbs == ["ukończył udział w projekcie socjalnym", "ukończyła udział w projekcie socjalnym"]


def test_numbers_go_on_over_the_groups_of_a_project(group, people, tomasz, threshold):
    issue(group, people[:1], tomasz)
    other = ProjectGroup(
        edition=group.edition, name="Druga", kind="workshop", starts_on=group.starts_on, ends_on=group.ends_on
    )
    other = save_with_history(other, by=tomasz, why="Nowa")
    meetings = weekly(other, tomasz, 1, held=1)
    row = join(other, tomasz, new_person(tomasz, "Iga", "Kos"))
    mark(meetings, row, tomasz, "+")
    set_certificate_threshold(group=other, certificate_from=1, why="", version=None, by=tomasz)
    assert [each.number_text for each in issue(other, [row], tomasz)] == ["2/2026"]


def test_who_may_issue(client, group, people, threshold, anna, jan):
    for user in (anna, jan):
        client.force_login(user)
        assert client.get(url_of("certificate-issue", group.pk)).status_code == 403
    with pytest.raises(PermissionDenied):
        issue(group, people[:1], anna)


def test_a_closed_project_issues_none(as_tomasz, group, people, threshold, tomasz):
    Edition.objects.filter(pk=group.edition_id).update(state="settled")
    with pytest.raises(PermissionDenied):
        issue(group, people[:1], tomasz)
    assert as_tomasz.get(url_of("certificate-issue", group.pk)).status_code == 302
    assert as_tomasz.get(url_of("certificates", group.pk)).status_code == 200


# ---- an issued one -----------------------------------------------------------------------------------
def test_a_correction_later_is_shown_beside_it(group, people, tomasz, threshold):
    issue(group, people[:1], tomasz)
    last = people[0].attendances.order_by("meeting__starts_on").last()
    people[0].attendances.filter(pk=last.pk).update(presence="unexcused")
    row = next(row for row in rows_of(group) if row.certificate)
    assert (row.note, row.is_due) == ("zaświadczenie wydano przy 2 z 2, teraz 1 z 2", False)
    with pytest.raises(ValidationError):
        issue(group, people[:1], tomasz)


def test_the_same_bytes_come_again(client, as_tomasz, group, people, tomasz, anna, olga, threshold):
    certificate = issue(group, people[:1], tomasz)[0]
    paper = papers_about(SUBJECT, certificate.pk)[CERTIFICATE.code]
    content = get_content(paper.pk)
    people[0].person.last_name = "Inna"
    save_with_history(people[0].person, by=tomasz, why="Zmiana nazwiska")
    url = url_of("certificate-pdf", certificate.pk)
    assert get_content(paper.pk) == content == as_tomasz.get(url).content
    for user, status in ((anna, 403), (olga, 404)):  # a specialist sees no group of others
        client.force_login(user)
        assert client.get(url).status_code == status
    assert validation_errors(content, "ua1") == validation_errors(content, "3a") == []


def test_a_specialist_of_another_group_sees_none(client, group, people, tomasz, olga, threshold):
    certificate = issue(group, people[:1], tomasz)[0]
    client.force_login(olga)
    assert client.get(url_of("certificate-pdf", certificate.pk)).status_code == 404


def test_an_unknown_certificate(as_tomasz):
    assert as_tomasz.get(url_of("certificate-pdf", 999)).status_code == 404


def test_long_texts_stay_on_one_page(group, people, tomasz, threshold):
    certificate = issue(group, people[:1], tomasz)[0]
    context = certificate_context(certificate, register_of(group), leaders_of(group)) | {
        "name": "Maria Konstancja Brzęczyszczykiewicz-Gżegżółkowska",
        "title": "Bardzo długi tytuł projektu socjalnego " * 4,
        "group": "Warsztaty umiejętności wychowawczych dla rodziców i opiekunów " * 2,
        "topics": "Budowanie więzi i stawianie granic; " * 17,
        "is_long": True,
    }
    pdf = html_to_pdf(html_of(CERTIFICATE.template, context))
    assert len(PdfReader(BytesIO(pdf)).pages) == 1
    assert TODAY.year == certificate.year


# ---- two at once -------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_two_who_issue_at_once_leave_no_gap_and_no_double(group, people, tomasz, maria, threshold):
    first, second = [people[0]], [people[1]]
    run_together(lambda: issue(group, first, tomasz), lambda: issue(group, second, maria))
    assert sorted(Certificate.objects.values_list("number", flat=True)) == [1, 2]
    same = run_together(lambda: issue(group, first, tomasz), lambda: issue(group, first, maria))
    assert all(isinstance(each, ValidationError) for each in same)
    assert Certificate.objects.count() == 2
