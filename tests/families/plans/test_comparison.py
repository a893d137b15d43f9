"""Comparison of two versions: unchanged, changed, added and removed rows."""

from datetime import date

import pytest

from families.choices import Area
from families.plans.comparison import diff_texts as words_between
from families.plans.models import PlanAction
from lubsko_ops.core import clock
from tests.families.plans.helpers import UNKNOWN_ID, plan_version_url
from tests.form_client import response_text
from tests.plan_factories import BUDGET_ROW, EDUCATION_ROW, create_draft_plan, create_plan_in_force, plan_data

WINDOW = {
    "area": Area.HOUSING,
    "goal": "Okno w pokoju dzieci zabezpieczone",
    "actions": "Administracja wstawia klamkę.",
    "who": "Danuta",
    "due_on": date(2026, 12, 20),
    "expected_outcome": "Okno ma klamkę z blokadą.",
}
SLEEP = {**WINDOW, "goal": "Kacper ma własne łóżko"}


def texts(pieces) -> list[tuple[str, bool]]:
    return [(piece.text, piece.changed) for piece in pieces]


class TestTextDiff:
    def test_only_the_words_that_differ_are_marked(self):
        before, now = words_between("najwyżej jeden dzień bez zwolnienia", "najwyżej dwa dni bez zwolnienia")
        assert "".join(piece.text for piece in before) == "najwyżej jeden dzień bez zwolnienia"
        assert [piece.text for piece in before if piece.changed] == ["jeden", "dzień"]
        assert [piece.text for piece in now if piece.changed] == ["dwa", "dni"]

    def test_date_is_one_token(self):
        before, now = words_between("do 20.11.2026 i dalej", "do 20.12.2026 i dalej")
        assert [[piece.text for piece in side if piece.changed] for side in (before, now)] == [
            ["20.11.2026"],
            ["20.12.2026"],
        ]

    def test_dissimilar_text_is_marked_as_a_whole(self):
        before, now = words_between("Danuta prowadzi zeszyt.", "Asystent dzwoni do banku co tydzień")
        assert texts(before) == [("Danuta prowadzi zeszyt.", True)]
        assert texts(now) == [("Asystent dzwoni do banku co tydzień", True)]

    def test_the_same_text_is_not_marked(self):
        assert words_between("Raz", "Raz")[0][0].changed is False

    def test_empty_against_filled(self):
        assert words_between("", "Raz") == ([], words_between("", "Raz")[1])
        assert words_between("", "") == ([], [])


class TestPage:
    @pytest.fixture
    def versions(self, kowalscy, anna, tomasz, maria):
        """In the second version the rows are reordered, one is changed, one new, one removed."""
        with clock.freeze_time(date(2026, 4, 10)):
            rows = [PlanAction(**EDUCATION_ROW), PlanAction(**BUDGET_ROW), PlanAction(**SLEEP)]
            old = create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria, data=plan_data(*rows))
        reads, pays, _ = old.actions.order_by("position")
        changed = EDUCATION_ROW | {
            "expected_outcome": "Do końca półrocza najwyżej dwa dni bez usprawiedliwienia."
        }
        rows = [
            PlanAction(**BUDGET_ROW, origin_id=pays.lineage_id),
            PlanAction(**changed, origin_id=reads.lineage_id),
            PlanAction(**WINDOW),
        ]
        return old, create_draft_plan(kowalscy, by=anna, data=plan_data(*rows, reason="koniec półrocza"))

    def test_each_row_shows_its_change(self, as_anna, versions):
        html = response_text(as_anna.get(plan_version_url(versions[1], "compare")))
        assert "Plan pracy: wersje 1 i 2" in html
        assert "Wiersze: zmienione 1, dodane 1, usunięte 1, bez zmian 1." in html
        assert 'Wiersz 2, teraz 1: Rodzina płaci czynsz na czas <span class="st st-quiet">bez zmian' in html
        assert "Wiersz 1, teraz 2: Kacper nie opuszcza lekcji" in html and ">zmieniony<" in html
        assert f"Wiersz 3: {WINDOW['goal']}" in html and ">dodany<" in html
        assert f"Dawny wiersz 3: {SLEEP['goal']}" in html and ">usunięty<" in html

    def test_changed_words_are_marked_for_screen_readers_too(self, as_anna, versions):
        html = response_text(as_anna.get(plan_version_url(versions[1], "compare")))
        gone, new = 'class="visually-hidden">usunięto: </span>', 'class="visually-hidden">dodano: </span>'
        assert f"<del><span {gone}jeden" in html and f"<ins><span {new}dwa" in html

    def test_unchanged_fields_of_a_row_are_hidden(self, as_anna, versions):
        html = response_text(as_anna.get(plan_version_url(versions[1], "compare")))
        assert EDUCATION_ROW["actions"] not in html and BUDGET_ROW["actions"] not in html
        assert WINDOW["actions"] in html  # of a new row everything

    def test_older_version_comes_first_in_either_order(self, as_anna, versions):
        old, new = versions
        query = response_text(as_anna.get(f"{plan_version_url(old, 'compare')}?z={new.number}"))
        assert "Plan pracy: wersje 1 i 2" in query
        assert "Plan pracy: wersje 1 i 2" in response_text(as_anna.get(plan_version_url(old, "compare")))

    def test_both_versions_are_chosen_in_the_form(self, as_anna, versions):
        response = as_anna.get(f"{plan_version_url(versions[0], 'compare')}?wersja=2&z=1")
        assert (response.status_code, response.url) == (
            302,
            f"{plan_version_url(versions[1], 'compare')}?z=1",
        )

    @pytest.mark.parametrize("query", ["z=abc", f"z={UNKNOWN_ID}", "z=2", "wersja=99&z=1", "wersja=&z="])
    def test_invalid_parameters_fall_back_to_the_previous_version(self, as_anna, versions, query):
        response = as_anna.get(f"{plan_version_url(versions[1], 'compare')}?{query}")
        assert "Plan pracy: wersje 1 i 2" in response_text(response)

    def test_single_version_has_no_comparison(self, as_anna, kowalscy, anna):
        plan = create_draft_plan(kowalscy, by=anna)
        assert "Jest tylko jedna wersja" in response_text(as_anna.get(plan_version_url(plan, "compare")))

    def test_three_versions_offer_a_choice(self, as_anna, versions, kowalscy, anna, tomasz, maria):
        from families.plans.actions import accept_plan, consult_plan, send_plan
        from tests.families.plans.helpers import signed_by

        plan = send_plan(plan=versions[1], version=None, by=anna)
        plan = consult_plan(plan=plan, remarks="", version=None, by=tomasz)
        plan = accept_plan(plan=plan, version=None, by=maria)
        signed_by(plan, kowalscy, "Danuta", by=anna)
        third = create_draft_plan(kowalscy, by=anna, data=plan_data(reason="nowe cele"))
        html = response_text(as_anna.get(f"{plan_version_url(third, 'compare')}?z=1"))
        assert "Plan pracy: wersje 1 i 3" in html and '<option value="1" selected>' in html
