"""The room's place in the family file."""

from families.views import FilePage, register_page


def register() -> None:
    register_page(FilePage(60, "Praca", "families:work"))
