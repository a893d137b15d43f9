"""The groups and activities that the five centres describe, each entered in the forms as it is described there."""

from datetime import date

import pytest

from projects.models import ProjectGroup
from tests.form_client import response_text, submit_form
from tests.projects.groups.helpers import page
from tests.projects.helpers import make_draft

LUBSKO = ["Warsztaty dla 14 uczestniczek workshop 02.11.2022 31.12.2022 capacity=14 meetings=9 hours=18"]
BEMOWO = [
    "Praca socjalna i asysta rodzinna family_work",
    "Konsultacje psychologów i pedagoga consultation",
    "Szkoła dla rodziców, wiosna workshop 01.03.2023 30.06.2023 takes=persons",
    "Szkoła dla rodziców, jesień workshop 01.09.2023 15.12.2023 takes=persons",
    "Wioska Kobiet group takes=pairs age_to=12 age_unit=months",
    "Senso-Ludki children takes=pairs",
    "Trening Umiejętności Społecznych training",
    "Praca terapeutyczna z dziećmi children age_to=17",
]
BOLESLAWIEC = [
    "Praca asystenta rodziny family_work",
    "Trening prowadzenia gospodarstwa domowego training takes=families",
    "Trening budżetowy training takes=families",
]
MILICZ = [
    "Zbiórka żywności bożonarodzeniowa event 01.12.2018 24.12.2018 partners=Caritas,PCK",
    "Badanie liczby osób bezdomnych event 13.02.2019 14.02.2019 partners=Policja",
    "Ferie z Chatką Puchatka children 28.01.2019 08.02.2019",
]
MOKOTOW = [
    "Praca asystenta rodziny family_work",
    "Zajęcia z psychologiem, indywidualne consultation",
    "Zajęcia z psychologiem, grupowe group",
    "Zajęcia terapeutyczne group age_from=18 age_to=64",
    "Wyjście integracyjne dla rodzin outing takes=families",
    "Wyjazd wakacyjny trip takes=families",
]
KINDS = {
    "workshop", "group", "training", "consultation", "children", "outing", "trip", "event", "family_work",
}  # fmt: skip
CENTRES = {
    "Lubsko": (date(2022, 11, 2), date(2022, 12, 31), LUBSKO),
    "Bemowo": (date(2023, 1, 1), date(2023, 12, 31), BEMOWO),
    "Bolesławiec": (date(2012, 8, 1), date(2012, 8, 31), BOLESLAWIEC),
    "Milicz": (date(2018, 9, 1), date(2019, 12, 31), MILICZ),
    "Mokotów": (date(2012, 1, 1), None, MOKOTOW),
}


def fields_of(line: str) -> dict[str, str]:
    """ "Senso-Ludki children takes=pairs" as fields of the form; two days after the kind are those of the group."""
    words = line.split()
    at = next(place for place, word in enumerate(words) if word in KINDS)
    days = [word for word in words[at + 1 :] if "=" not in word]
    given = dict(word.split("=") for word in words[at + 1 :] if "=" in word)
    return (
        {"name": " ".join(words[:at]), "kind": words[at]}
        | dict(zip(("starts_on", "ends_on"), days, strict=False))
        | given
    )


@pytest.mark.parametrize("centre", CENTRES)
def test_a_centre_enters_its_groups(as_tomasz, tomasz, centre):
    starts_on, ends_on, lines = CENTRES[centre]
    edition = make_draft(tomasz, title=centre, starts_on=starts_on, ends_on=ends_on)
    for line in lines:
        response = submit_form(as_tomasz, page("projects:group-new", edition.pk), **fields_of(line))
        assert response.status_code == 302, response_text(response)
    groups = ProjectGroup.objects.filter(edition=edition)
    assert list(groups.order_by("pk").values_list("name", flat=True)) == [
        fields_of(line)["name"] for line in lines
    ]
    text = response_text(as_tomasz.get(page("projects:groups", edition.pk)))
    assert all(fields_of(line)["name"] in text for line in lines)


def test_together_they_use_every_kind():
    assert {fields_of(line)["kind"] for _, _, lines in CENTRES.values() for line in lines} == KINDS


def test_nobody_enrols_in_an_event_and_families_take_part_in_work(as_tomasz, tomasz):
    edition = make_draft(tomasz, title="Milicz", starts_on=date(2018, 9, 1), ends_on=date(2019, 12, 31))
    for line in (MILICZ[1], MOKOTOW[0]):
        submit_form(as_tomasz, page("projects:group-new", edition.pk), **fields_of(line))
    taken = dict(ProjectGroup.objects.values_list("kind", "takes"))
    assert taken == {"event": "nobody", "family_work": "families"}
