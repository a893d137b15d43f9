"""Whatever is sent, nothing answers with an error of the server: odd values in every field of every form.

One request carries a different odd value in each field, and the next one moves all values on by one field, so after as
many requests as there are values each field has had each of them. Texts that a field accepts are also sent alone, the
rest of the form being valid, so that they reach the action and the database.
"""

from datetime import date
from urllib.parse import quote

import pytest
from django import forms
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from families.intake.forms import PeopleFormSet
from lubsko_ops.core import clock
from lubsko_ops.submissions.base_views import ActionFormView
from lubsko_ops.submissions.keys import (
    ADD_ROW,
    ADDRESS_FIELD,
    CONFIRMED_FIELD,
    CONTROL_FIELDS,
    DRAFT_BUTTON,
    FORM_FIELD,
    KEY_FIELD,
    MOVE_ROW,
    REFRESH,
    REMOVE_ROW,
    VERSION_FIELD,
)
from tests.form_client import form_data, parse_form, response_text, rolled_back
from tests.form_submissions import FORM_SUBMISSIONS
from tests.test_view_permissions import any_url
from tests.url_inventory import all_routes

LONG = "a" * 1_000_000
SURROGATE, NOT_UTF8 = "%ED%A0%80", "%FF%FE"  # bytes that are no text, sent as they are
TEXTS = [
    "a\x00b", SURROGATE, NOT_UTF8, "\u202eabc", "a\u200bb\u200d", "שלום", "😀🏳️‍🌈", "<b>x</b>{{ x }}{% x %}%s{0}",
    "'; DROP TABLE x; --", "\r\n\t\x0b\x0c\x7f\x1b[31m",
]  # fmt: skip
OTHERS = [
    LONG, "", " ", "0001-01-01", "9999-12-31", "01.01.1900", "31.12.2100", "31.02.2026", "00.00.0000", "24:00", "02:30",
    "99999999999999999999", "9223372036854775808", "9223372036854775807", "2147483648", "-1", "-9223372036854775809",
    "0.1", "1e309", "NaN", "Infinity", "１２", "²", "٣", "9" * 5000, "on", "[]",
    "person-", "person-9223372036854775808", "person-²", "//[", "http://\u2100/",
]  # fmt: skip
VALUES = TEXTS + OTHERS
TOTALS = ["-1", "0", "99999999", "x", "", "１２", "9" * 5000]
BUTTONS = [ADD_ROW, REMOVE_ROW, MOVE_ROW, REFRESH, DRAFT_BUTTON] * 2
TOKEN = "csrfmiddlewaretoken"
SIGNS = (CONTROL_FIELDS | {VERSION_FIELD, FORM_FIELD, CONFIRMED_FIELD, TOKEN}) - {KEY_FIELD, *BUTTONS}
SIGN_VALUES = ["\x00", "", SURROGATE, "²", "rows-1", "rows-x:y", "people-999999999999999999999"]
RENDERED_EVERY = 13
FORM_TYPE = "application/x-www-form-urlencoded"


def encoded(fields: dict[str, list[str]]) -> str:
    """The body of a form; bytes that are no text stay as they are."""
    return "&".join(
        f"{quote(name)}={value if value in (SURROGATE, NOT_UTF8) else quote(value)}"
        for name, values in fields.items()
        for value in values
    )


def post(client, url: str, fields: dict[str, list[str]]):
    with rolled_back():
        response = client.post(url, encoded(fields), content_type=FORM_TYPE)
    assert response.status_code < 500, (
        url,
        {name: values[0][:40] for name, values in fields.items() if values},
    )
    return response


def visible(data: dict) -> list[str]:
    """The fields that are not the signs of the form itself."""
    return [
        name for name in data if name != TOKEN and not name.startswith("_") and not name.endswith("_FORMS")
    ]


def one_of_each_form(submissions):
    """The first submission of each form class; a view that chooses its form stands for itself."""
    views = {route.name: route.view_class for route in all_routes()}
    first = {}
    for each in submissions:
        view = views[each.name]
        first.setdefault(getattr(view, "form_class", None) or view, each)
    return list(first.values())


@pytest.mark.parametrize("submission", one_of_each_form(FORM_SUBMISSIONS), ids=str)
def test_a_form_takes_odd_values(client, db, submission, request, monkeypatch):
    client.raise_request_exception = False
    client.force_login(request.getfixturevalue(submission.username))
    url, fields = submission.fill(request)
    opened = form_data(client, url, **fields)
    form = client.get(url).context["form"]
    data = {name: [str(each) for each in values] for name, values in opened.items()}
    post_each_value_in_each_field(client, url, data, monkeypatch)
    post_odd_texts_in_a_valid_form(client, url, data, form)
    files = {name: values for name, values in opened.items() if hasattr(values[0], "read")}
    post_a_second_time(client, url, data | files)
    post_odd_signs(client, url, data, form)


def post_each_value_in_each_field(client, url, data, monkeypatch):
    names = visible(data)
    for shift in range(len(VALUES) if names else 1):  # without fields all requests would be the same
        odd = {name: [VALUES[(number + shift) % len(VALUES)]] for number, name in enumerate(names)}
        with monkeypatch.context() as patch:
            if shift % RENDERED_EVERY:
                patch.setattr(ActionFormView, "render_form", only_errors)
            post(client, url, data | odd)


def post_odd_texts_in_a_valid_form(client, url, data, form):
    texts = [name for name in visible(data) if is_text(form, name)]
    for shift in range(0, len(TEXTS) if texts else 0, 4):
        post(client, url, data | {name: [TEXTS[(i + shift) % len(TEXTS)]] for i, name in enumerate(texts)})


def post_a_second_time(client, url, data):
    """Sent again without its fields, and with fields the first sending had not: the two are compared."""
    with rolled_back():
        assert client.post(url, data).status_code == 302
        post(client, url, {name: values for name, values in data.items() if name.startswith("_")})
        other = {name: [TEXTS[0]] for name in visible(data)} | {"touch_9": ["on"], "x-0-y": ["1"]}
        post(client, url, data | other)


def post_odd_signs(client, url, data, form):
    """Odd values in what the page sends beside the fields, and in its buttons."""
    for total in TOTALS if form.formsets else ():
        totals = {f"{name}-TOTAL_FORMS": [total] for name in form.formsets}
        post(client, url, data | totals)
        post(client, url, data | totals | {ADD_ROW: list(form.formsets)[:1]})
    for number, button in enumerate(BUTTONS if form.formsets else [DRAFT_BUTTON]):
        value = SIGN_VALUES[number % len(SIGN_VALUES)]
        post(client, url, data | {name: [value] for name in SIGNS} | {button: [value]})
    post(client, url, data | {KEY_FIELD: [TEXTS[0]]})


def is_text(form, name: str) -> bool:
    """Whether any text may be typed in the field of the form or of a row."""
    prefix = name.partition("-")[0]
    rows = form.formsets[prefix].forms if prefix in form.formsets else []
    fields = {each.html_name: each.field for part in (form, *rows) for each in part}
    field = fields.get(name)
    return type(field) is forms.CharField and not field.widget.is_hidden


def only_errors(view, form, status=200, **context):
    """Stands in for the page of a form with errors, whose rendering takes most of the time."""
    return HttpResponse(str(form.errors), status=status)


# ---- other addresses -------------------------------------------------------------------------------
POSTED = ["login", "password", "password1", "password2", "oldpassword", "username", "first_name", "last_name", "code",
          "q", "look", "next", "mark", "name", "credential", "_key", "_address", "_title"]  # fmt: skip
ASKED = ["szkic", "sort", "widok", "obowiazek", "pokaz", "po", "przed", "wersja", "z", "dzien", "kolumna", "asystent",
         "definicja", "tabela", "obciazenie", "next", "q", "podstawa", "termin", "rejon", "kategoria", "wynik",
         "miesiac", "rodzina", "co", "nowsze", "starsze"]  # fmt: skip


@pytest.mark.parametrize("username", ["maria", None])
def test_every_address_takes_odd_values(client, db, maria, kowalscy, username):
    client.raise_request_exception = False
    if username:
        client.force_login(maria)
    for route in all_routes():
        url = any_url(route).replace("/1/", f"/{kowalscy.pk}/", 1)
        filters = bool(getattr(route.view_class, "filterset_class", None))
        for shift in range(0, len(VALUES), 20 if not username else 3 if filters else 14):
            values = [each for each in VALUES[shift:] + VALUES[:shift] if each != LONG]
            odd = {name: [values[i % len(values)]] for i, name in enumerate(POSTED)}
            if not issubclass(route.view_class or object, ActionFormView):
                post(client, url, odd)
            with rolled_back():
                query = encoded({name: [values[i % len(values)]] for i, name in enumerate(ASKED)})
                assert client.get(f"{url}?{query}").status_code < 500, f"{url}?{query}"


# ---- bodies and charsets ---------------------------------------------------------------------------
CHARSETS = ["utf-7", "utf-16", "iso-8859-2", "unknown", "hex", "idna", "undefined", "\u0142", '"', "x" * 5000]
PART = "--b\r\nContent-Disposition: form-data; {}\r\n\r\n+2AA-\r\n--b--\r\n"
BODIES = [
    (FORM_TYPE, "login=+2AA-&password=%2B2AA-&q=a"),
    ("multipart/form-data; boundary=b", PART.format('name="login"')),
    ("application/json", "{}"),
]


def answer(url: str, body: str, content_type: str) -> int:
    """The status of the answer to a stranger, from the very entry of the server."""
    from lubsko_ops.wsgi import application

    request = RequestFactory().generic("POST", url, body.encode(), content_type="text/plain")
    statuses = []
    environ = request.environ | {"CONTENT_TYPE": content_type}
    application(environ, lambda status, headers: statuses.append(int(status[:3]))).close()
    return statuses[0]


@pytest.mark.parametrize("charset", CHARSETS)
def test_another_charset_is_refused(db, charset):
    for content_type, body in BODIES:
        for url in (f"{reverse('account_login')}?next=%2B2AA-", reverse("draft"), reverse("families:new")):
            assert answer(url, body, f"{content_type}; charset={charset}") == 400, (url, content_type)
    assert answer(reverse("account_login"), "", "text/plain; charset*=nonsense''x") == 400


def test_another_charset_is_refused_behind_the_login(as_maria):
    response = as_maria.generic(
        "POST", reverse("families:new"), "name=x", content_type=f"{FORM_TYPE}; charset=utf-7"
    )
    assert response.status_code == 400 and "Niczego nie zapisano" in response.content.decode()


def test_utf_8_may_be_named(as_maria):
    for charset in ("utf-8", "UTF-8"):
        content_type = f"{FORM_TYPE}; charset={charset}"
        assert (
            as_maria.generic("POST", reverse("search"), "q=x", content_type=content_type).status_code == 302
        )


@pytest.mark.parametrize("username", ["maria", None])
def test_bodies_that_cannot_be_read(client, db, maria, username):
    client.raise_request_exception = False
    if username:
        client.force_login(maria)
    bodies = [
        (FORM_TYPE, body) for body in ("a=" + "a" * 3_000_000, "a=1&" * 1001, "_key=%00", "%=%&&&=;")
    ] + [
        (content_type, PART.format(header))
        for content_type in (
            "multipart/form-data",
            "multipart/form-data; boundary=ą",
            "multipart/form-data; boundary=b",
        )
        for header in ("name*=hex''%00", "name=x; filename*=nonsense''a", "name=\x00")
    ]
    for content_type, body in bodies:
        for url in (reverse("account_login"), reverse("families:new"), reverse("draft")):
            response = client.generic("POST", url, body, content_type=content_type)
            assert response.status_code < 500, (url, content_type, body[:80])


# ---- other limits ----------------------------------------------------------------------------------
def test_too_many_rows_are_refused_before_one_is_built(as_maria, monkeypatch):
    url = reverse("families:new")
    data = form_data(as_maria, url, **{"people-TOTAL_FORMS": 1000})
    monkeypatch.setattr(PeopleFormSet, "_construct_form", None)  # fails when a row is built
    for button in ({}, {ADD_ROW: "people"}, {DRAFT_BUTTON: "1"}):
        response = as_maria.post(url, data | button)
        assert response.status_code == 422
        assert "Ten formularz ma za dużo wierszy" in response.content.decode()


def test_no_form_builds_a_thousand_rows(walked):
    views = [route.view_class for route in all_routes() if route.view_class]
    forms_ = {view.form_class for view in views if issubclass(view, ActionFormView) and view.form_class}
    formsets = [formset for form in forms_ for formset in form.formset_classes.values()]
    assert all(formset.absolute_max <= 200 for formset in formsets)
    walked("formsets with a limit of rows", len(formsets), at_least=3)


def test_the_address_of_a_draft_may_hold_any_number(as_anna, kowalscy):
    data = form_data(as_anna, reverse("families:visit-new", args=[kowalscy.pk]))
    address = {ADDRESS_FIELD: reverse("families:visit-new", args=[10**30])}
    assert as_anna.post(reverse("draft"), data | address | {"facts": "Dzieci zdrowe."}).status_code == 200
    assert as_anna.get(reverse("start")).status_code == 200


PASSKEYS = [
    "1",
    "[]",
    "{}",
    '{"id": 1}',
    "9" * 5000,
    "[" * 100_000,
    '{"id": "a", "rawId": "a", "response": {}}',
]


@pytest.mark.parametrize("passkey", PASSKEYS)
def test_the_answer_of_a_passkey_may_be_anything(client, db, passkey):
    client.raise_request_exception = False
    url = reverse("mfa_login_webauthn")
    client.get(url)
    assert client.post(url, {"credential": passkey}).status_code < 500


def test_two_visits_of_which_one_is_in_the_hour_that_occurs_twice(as_anna, kowalscy):
    """On 25 October 2026 the clocks went back: the form asks which 02:30 is meant, and only then."""
    with clock.freeze_time(date(2026, 10, 27)):
        as_anna.force_login(kowalscy.periods.get().assignments.get().assistant)
        url = reverse("families:visit-new", args=[kowalscy.pk])
        times = {"starts_at": "02:30", "ends_at": "03:30", "facts": "Wezwanie w nocy."}
        times |= {"held": "held", "confirmation": "none"}
        data = form_data(as_anna, url, day="26.10.2026", **times)
        data = parse_form(as_anna.post(url, data).content.decode())  # asks whether the hour is right
        assert as_anna.post(url, data).status_code == 302
        response = as_anna.post(url, data | {"day": "25.10.2026", "second_hour": "second"})
    assert response.status_code == 409
    words = response_text(response)
    assert "Początek: która godzina 02:30" in words and "druga (czas zimowy)" in words
