"""Words longer than the screen: a name of a family and of its people bends, the page does not."""

from families.choices import Kinship
from families.people.actions import add_member, rename_family
from tests.browser.conftest import PHONE, come_in, scrolls_sideways
from tests.factories import TODAY, person_data

LONG = "Konstantynopolitańczykowianeczkowiczówna" * 2
PAGES = ["", "osoby/", "osoby/dodaj/", "praca/", "historia/", "telefony/dodaj/", "adres/nowy/"]


def test_long_words_bend(visit, maria, kowalscy):
    rename_family(family=kowalscy, name=LONG, version=None, by=maria)
    data = person_data(LONG[:80], LONG[:100])
    add_member(family=kowalscy, person=data, kinship=Kinship.CHILD, starts_on=TODAY, by=maria)
    come_in(visit, maria)
    visit.set_viewport_size(PHONE)
    for page in PAGES:
        visit.goto(f"{visit.base}/rodziny/{kowalscy.pk}/{page}")
        assert not scrolls_sideways(visit), page
