"""Polish template filters and tags."""

from datetime import date

import pytest
from django.template import Context, Engine, TemplateSyntaxError

ENGINE = Engine(builtins=["lubsko_ops.core.templatetags.polish"])
TODAY = date(2026, 10, 13)


def render(source: str, **context) -> str:
    return ENGINE.from_string(source).render(Context({"today": TODAY} | context)).replace("\u00a0", " ")


def test_filters():
    assert render('{{ n|count_of:"rodzina,rodziny,rodzin" }}', n=14) == "14 rodzin"
    assert render("{{ n|number }} {{ n|number:2 }}", n=1234.5) == "1 234,5 1 234,50"
    assert render("{{ n|hours }}", n=75) == "1 godz. 15 min"
    assert render("{{ d|day }}, {{ d|long_date }}", d=date(2026, 6, 16)) == "16.06.2026, 16 czerwca 2026 r."
    assert render("{{ d|iso_day }}", d=date(2026, 6, 16)) == "2026-06-16"


def test_empty_values_give_empty_text():
    source = (
        '{{ n|count_of:"rodzina,rodziny,rodzin" }}{{ n|number }}{{ n|hours }}{{ n|day }}{{ n|long_date }}'
        "{{ n|iso_day }}{% distance n %}{% due_distance n %}"
    )
    assert render(source, n=None) == ""
    assert render("{{ n|number }} {{ n|hours }}", n=0) == "0 0 min"


def test_distance_uses_today_of_the_context():
    assert render("{% distance d %}", d=date(2026, 10, 8)) == "5 dni temu"
    assert render("{% due_distance d %}", d=date(2026, 10, 8)) == "po terminie 5 dni"


def test_distance_uses_the_given_day():
    assert render("{% due_distance d other %}", d=date(2026, 10, 8), other=date(2026, 10, 7)) == "jutro"


def test_missing_reference_day_is_an_error():
    with pytest.raises(TemplateSyntaxError, match="No reference day"):
        render("{% distance d %}", d=TODAY, today=None)
