"""Families in the search box: by people, other spellings, addresses, telephone, case number, whole PESEL;
within reach.

Every word of the query must be found in the family: in its name, in one of its people or in one of its
addresses, now or before. What a word is and how it meets a stored key: lubsko_ops/core/search_keys.py.
"""

import re
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.db.models.functions import Concat, JSONObject

from families.case_files.family_list import queries
from families.case_files.family_list.presenters import FamilyRow
from families.case_files.family_list.tabs import RUNNING
from families.case_files.search_results import FoundFamily, Pair
from families.caseload.models import WorkPeriod
from families.people.models import Address, Family, Membership, Phone
from families.permissions import visible_to
from lubsko_ops.core.search_keys import query_terms

MOST = 50
MOST_PHONES, MOST_GROUPS = 2, 4
MOST_WORDS = 8  # each costs a look into four indexes; what comes after narrows nothing a person means
# "2024/041", "2024/41", "41/2024"; a house number 14/2 has no year in it.
NUMBER = re.compile(
    r"(?<![\w/])(?:((?:19|20)\d\d)\s?/\s?0*(\d{1,5})|0*(\d{1,5})\s?/\s?((?:19|20)\d\d))(?![\w/])"
)
# A telephone, whole or its end of at least six digits, as people group it; "14 68-300" may be one as well.
PHONE = re.compile(r"(?<![\w/])(?:(?:\+|00)48[ -]?)?(\d(?:[ -]?\d){5,13})(?![\w/])")
# Words people put around a name or an address and no key holds.
AROUND = {"ul", "ulica", "ulicy", "nr", "m", "rodzina", "rodziny", "rodzin", "pan", "pani", "panstwo"}


@dataclass(frozen=True)
class Digits:
    """A run of digits: the end of a telephone number, or the words of an address."""

    phone: str
    words: tuple[Pair, ...]

    @classmethod
    def of(cls, match: re.Match) -> "Digits":
        return cls(re.sub(r"\D", "", match[1]), tuple(query_terms(match[0]))[:MOST_GROUPS])


@dataclass(frozen=True)
class Asked:
    """A query taken apart: pairs of beginnings for each word, case numbers, the hash of a PESEL, telephones."""

    words: tuple[Pair, ...]
    numbers: tuple[tuple[int, int], ...]
    pesel_key: str
    phones: tuple["Digits", ...] = ()

    @classmethod
    def of(cls, query) -> "Asked":
        numbers = [(int(m[1] or m[4]), int(m[2] or m[3])) for m in NUMBER.finditer(query.words)]
        rest = NUMBER.sub(" ", query.words)
        phones = [Digits.of(match) for match in PHONE.finditer(rest)]
        words = query_terms(PHONE.sub(" ", rest))
        telling = [pair for pair in words if pair[0] not in AROUND]
        return cls(
            tuple(telling or words)[:MOST_WORDS], tuple(numbers), query.pesel_key, tuple(phones[:MOST_PHONES])
        )

    def __bool__(self) -> bool:
        return bool(self.words or self.numbers or self.pesel_key or self.phones)

    @property
    def all_words(self) -> tuple[Pair, ...]:
        """Also those a run of digits is made of: a house number and a postal code look like a telephone."""
        return self.words + tuple(pair for each in self.phones for pair in each.words)


def found_families(request, query) -> dict:
    """The group of families for the page of results; one statement."""
    asked, user, today = Asked.of(query), request.user, request.today
    rows = list(_matching(asked, user=user, on=today)[: MOST + 1]) if asked else []
    families = [
        FoundFamily(FamilyRow(row, user, RUNNING, today), asked.all_words, asked.pesel_key)
        for row in rows[:MOST]
    ]
    # A stable sort: the Polish order of names stays.
    families.sort(key=lambda each: (not each.by_whole_name, not each.by_surname))
    return {
        "template": "families/casefile/_found.html",
        "families": [each.pk for each in families],
        "found": len(families),
        "rows": families,
        "more": len(rows) > MOST,
        "most": MOST,
    }


def _matching(asked: Asked, *, user, on):
    families = visible_to(user, on=on)
    for pair in asked.words:
        families = families.filter(pk__in=_holding(pair))
    for digits in asked.phones:
        by_words = reduce(and_, (Q(pk__in=_holding(pair)) for pair in digits.words))
        families = families.filter(Q(pk__in=_phones(digits.phone).values("family")) | by_words)
    for year, serial in asked.numbers:
        families = families.filter(
            pk__in=WorkPeriod.objects.filter(year=year, serial=serial).values("family")
        )
    if asked.pesel_key:
        families = families.filter(
            pk__in=Membership.objects.filter(person__pesel_key=asked.pesel_key).values("family")
        )
    return (
        queries.with_row_data(families, view=RUNNING, user=user, on=on)
        .annotate(
            people_found=_people(asked),
            addresses_found=_addresses(asked, "family"),
            members_addresses_found=_addresses(asked, "membership__family"),
            phones_found=_phones_found(asked),
        )
        .order_by(
            Case(
                When(Exists(_named_wholly(asked)), then=Value(0)),
                When(_named_so(asked), then=Value(1)),
                default=Value(2),
            ),
            "name",
            "pk",
        )
    )


def _beginning(pair: tuple[str, str], key: str = "search_key") -> Q:
    """The contract of names.query_words: after a space, the folded word or the whole stem."""
    return reduce(or_, (Q(**{f"{key}__contains": f" {each}"}) for each in pair))


def _any(asked: Asked, key: str = "search_key") -> Q:
    return reduce(or_, (_beginning(pair, key) for pair in asked.all_words), Q(pk__in=[]))


def _holding(pair: tuple[str, str]):
    """Ids of families that hold the word anywhere; each part of the union goes by its own index."""
    by_name = Family.objects.filter(_beginning(pair)).values("pk")
    by_person = Membership.objects.filter(_beginning(pair, "person__search_key")).values("family")
    addresses = Address.objects.filter(_beginning(pair))
    by_address = addresses.filter(family__isnull=False).values("family")
    by_address_of_member = addresses.filter(membership__isnull=False).values("membership__family")
    return by_name.union(by_person, by_address, by_address_of_member)


def _named_so(asked: Asked) -> Q:
    """The name of the family has one of the words whole: Nowakowie for "nowak", not Nowakowscy."""
    return reduce(or_, (Q(search_key__contains=f" {stem}") for _, stem in asked.words), Q(pk__in=[]))


def _named_wholly(asked: Asked):
    """Members all of whose names the words are, each whole: Grażyna Bąk for "grazyna bak", not Bąkowska."""
    if len(asked.words) < 2:
        return Membership.objects.none()
    whole = (Q(person__search_key__contains=f" {stem}") for _, stem in asked.words)
    return Membership.objects.filter(reduce(and_, whole), family=OuterRef("pk"))


def _people(asked: Asked):
    """Members of the family, of any time, whom one of the words or the PESEL fits."""
    fits = _any(asked, "person__search_key")
    by_pesel = Q(person__pesel_key=asked.pesel_key) if asked.pesel_key else Q(pk__in=[])
    rows = Membership.objects.filter(fits | by_pesel, family=OuterRef("pk")).order_by("pk")
    facts = JSONObject(
        person="person_id",
        first_name="person__first_name",
        last_name="person__last_name",
        other_spellings="person__other_spellings",
        born_on="person__born_on",
        sex="person__sex",
        kinship="kinship",
        ends_on="ends_on",
        pesel_key="person__pesel_key",
    )
    return ArraySubquery(rows.values(facts=facts))


def _addresses(asked: Asked, whose: str):
    """Addresses of the family (or of its members), of any time, that one of the words fits."""
    rows = Address.objects.filter(_any(asked), **{whose: OuterRef("pk")}).order_by("-starts_on", "pk")
    facts = JSONObject(
        street="street",
        house="house",
        flat="flat",
        postal_code="postal_code",
        locality="locality",
        ends_on="ends_on",
        search_key="search_key",
        whose="membership__person__first_name",
        withheld_from=Concat("withheld_from__first_name", Value(" "), "withheld_from__last_name"),
    )
    return ArraySubquery(rows.values(facts=facts))


def _phones(digits: str):
    """Numbers that end so, of any time."""
    return Phone.objects.filter(digits__endswith=digits)


def _phones_found(asked: Asked):
    ends = reduce(or_, (Q(digits__endswith=each.phone) for each in asked.phones), Q(pk__in=[]))
    rows = Phone.objects.filter(ends, family=OuterRef("pk")).order_by("-starts_on", "pk")
    facts = JSONObject(number="number", ends_on="ends_on", whose="person__first_name")
    return ArraySubquery(rows.values(facts=facts))
