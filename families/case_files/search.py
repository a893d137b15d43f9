"""Search of families visible to the user: people, spellings, addresses, phones, case numbers, znak sprawy, whole PESEL.

Every word of the query must match the family: its name, one of its people or one of its addresses, current or
former. Their words are in one key of the family's summary. Words and stored keys: lubsko_ops/core/search_keys.py.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, reduce
from operator import and_, or_
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Concat, JSONObject

from families.case_files.family_list import queries
from families.case_files.family_list.markup import draw_search_rows
from families.case_files.family_list.presenters import FamilyListRow
from families.case_files.family_list.tabs import RUNNING
from families.case_files.models import CaseSummary
from families.case_files.search_results import FamilySearchResult, Terms
from families.case_files.summaries import refresh_due
from families.caseload.models import WorkPeriod
from families.people.models import Address, Family, Membership, Person, Phone
from families.permissions import ScopedQuery
from lubsko_ops.audit.history import versions_of
from lubsko_ops.core.diminutives import full_name_stems
from lubsko_ops.core.lookups import is_among, pk_in_array
from lubsko_ops.core.permissions import Role
from lubsko_ops.core.search_keys import query_terms

MAX_RESULTS, SIMILAR_SHOWN = 25, 10
SIMILAR_LETTERS = range(4, 25)
MAX_NUMBERS, MAX_PHONES, MAX_DIGIT_GROUPS = 4, 2, 4
MAX_REFERENCES = 2
MAX_WORDS = 8
# "2024/041", "2024-41", "41/2024"; a house number 14/2 has no year in it, a date has more than a number beside it.
CASE_NUMBER = re.compile(
    r"(?<![\w/-])(?:((?:19|20)\d\d)\s?[/–-]\s?0*(\d{1,5})|0*(\d{1,5})\s?[/–-]\s?((?:19|20)\d\d))(?![\w/-])"
)
# Znak sprawy: "ABC.DS.1234.12.2026". A unit before three digits at least, so "ur.13.10.2026" is a date.
CASE_REFERENCE = re.compile(
    r"(?<![\w.-])[^\W\d_][\w-]*(?:\.[\w-]+)*?\.\d{3,6}\.\d{1,6}(?:\.\d{1,4})?\.(?:19|20)\d\d(?:\.[^\W\d_]{1,6})?(?![\w-])"
)
# A phone number, whole or its last digits (at least six), grouped in any way; "14 68-300" may be an address as well.
PHONE = re.compile(r"(?<![\w/])(?:(?:\+|00)48[ -]?)?(\d(?:[ -]?\d){5,13})(?![\w/])")
# Words around a name or an address that no key contains.
STOP_WORDS = {"ul", "ulica", "ulicy", "nr", "m", "rodzina", "rodziny", "rodzin", "pan", "pani", "panstwo"}
# Words that lead to a name or an address; at the end of a query the beginning of a word.
LEADING_WORDS = {
    "u", "w", "we", "z", "ze", "o", "na", "do", "od", "ode", "pod", "nad", "za", "dla", "przy", "obok", "kolo",
    "al", "os", "pl",
}  # fmt: skip


@dataclass(frozen=True)
class DigitRun:
    """A run of digits: the end of a telephone number, or the words of an address."""

    phone: str
    words: tuple[Terms, ...]

    @classmethod
    def of(cls, match: re.Match) -> "DigitRun":
        return cls(re.sub(r"\D", "", match[1]), tuple(query_terms(match[0]))[:MAX_DIGIT_GROUPS])


@dataclass(frozen=True)
class SearchTerms:
    """A parsed query: words (see ``query_terms``), case numbers as (year, serial), hash of a PESEL, runs of digits.

    ``references``: each znak sprawy in capitals.
    """

    words: tuple[Terms, ...]
    numbers: tuple[tuple[int, int], ...]
    pesel_key: str
    phones: tuple["DigitRun", ...] = ()
    references: tuple[str, ...] = ()

    @classmethod
    def of(cls, query) -> "SearchTerms":
        references = [m[0].upper() for m in CASE_REFERENCE.finditer(query.text_without_pesel)]
        text = CASE_REFERENCE.sub(" ", query.text_without_pesel)
        numbers = [(int(m[1] or m[4]), int(m[2] or m[3])) for m in CASE_NUMBER.finditer(text)]
        rest = CASE_NUMBER.sub(" ", text)
        phones = [DigitRun.of(match) for match in PHONE.finditer(rest)]
        words = query_terms(PHONE.sub(" ", rest))
        more = bool(references or numbers or phones or query.pesel_key)  # a number follows what leads to it
        skipped = [terms for terms in words if terms[0] in STOP_WORDS]
        skipped += [terms for terms in (words if more else words[:-1]) if terms[0] in LEADING_WORDS]
        significant = [terms for terms in words if terms not in skipped] or ([] if more else words)
        return cls(
            tuple(map(with_full_names, significant[:MAX_WORDS])),
            tuple(dict.fromkeys(numbers))[:MAX_NUMBERS],
            query.pesel_key,
            tuple(phones[:MAX_PHONES]),
            tuple(dict.fromkeys(references))[:MAX_REFERENCES],
        )

    def __bool__(self) -> bool:
        return bool(self.words or self.numbers or self.pesel_key or self.phones or self.references)

    @property
    def all_words(self) -> tuple[Terms, ...]:
        """Words including runs of digits: a house number and a postal code look like a phone number."""
        return self.words + tuple(pair for each in self.phones for pair in each.words)


def with_full_names(terms: Terms) -> Terms:
    """A diminutive and the first names it stands for, each as a whole word."""
    return terms + tuple(f"{stem} " for stem in full_name_stems(terms[1].strip()))


class WordPatterns(NamedTuple):
    """Patterns of LIKE: a word that starts with the folded word or equals a stem, a whole word, also in the name.

    The words of the family's name stand before the bar in the key of a summary. ``similar``: the regular expression of
    a word that differs from the stem by one letter, where such words are sought too.
    """

    starts: tuple[str, ...]
    whole: tuple[str, ...]
    whole_in_name: str
    similar: str | None = None

    @classmethod
    def of(cls, terms: Terms, *, similar: bool = False) -> "WordPatterns":
        stems = [each for each in terms if each.endswith(" ")]
        words = [each for each in terms if not each.endswith(" ")]
        # What equals the stem starts with the word, when the stem does.
        forms = words + [each for each in stems if not each.startswith(tuple(words))]
        return cls(
            tuple(f"% {each}%" for each in forms),
            tuple(f"% {each}%" for each in stems),
            f"% {stems[0]}%|%",
            (similar or None) and one_letter_off(stems[0].strip()),
        )


def one_letter_off(stem: str) -> str | None:
    """Regular expression of a word of a key that differs from the stem by one letter, but not by the first.

    One letter is another, missing or too many, or two stand in each other's place. None for a short word, which would
    match too much, for a very long one and for one with digits. The trigram index answers it, in a large centre within
    1 to 20 ms; comparing the trigrams of whole keys took 170 to 290, because a key of several names and addresses has
    most trigrams of any Polish surname.
    """
    if len(stem) not in SIMILAR_LETTERS or not stem.isalpha():
        return None
    forms = []
    for n in range(1, len(stem)):
        forms += [f"{stem[:n]}.?{stem[n + 1 :]}", f"{stem[:n]}.{stem[n:]}"]
        forms += [stem[:n] + stem[n + 1] + stem[n] + stem[n + 2 :]] if n + 1 < len(stem) else []
    return f" ({'|'.join(forms)}|{stem}.) "


class PhonePatterns(NamedTuple):
    """The pattern of a number with this ending, and of the digits as words of an address."""

    ending: str
    words: tuple[WordPatterns, ...]


class Patterns(NamedTuple):
    """What the statement seeks: tuples of strings and numbers. ``among``: the ids of a user who opens few families."""

    words: tuple[WordPatterns, ...]
    phones: tuple[PhonePatterns, ...]
    numbers: tuple[tuple[int, int], ...]
    pesel_key: str | None
    among: list[int] | None
    references: tuple[str, ...] = ()

    @classmethod
    def of(cls, terms: SearchTerms, among: list[int] | None, *, similar: bool = False) -> "Patterns":
        words = tuple(WordPatterns.of(each, similar=similar) for each in terms.words)
        phones = tuple(
            PhonePatterns(f"%{each.phone}", tuple(map(WordPatterns.of, each.words))) for each in terms.phones
        )
        return cls(words, phones, terms.numbers, terms.pesel_key or None, among, terms.references)

    @property
    def all_words(self) -> tuple[WordPatterns, ...]:
        return self.words + tuple(each for phone in self.phones for each in phone.words)


def find_families(terms: SearchTerms, *, user, on: date) -> tuple[list[CaseSummary], bool]:
    """Summaries of the families visible to the user that match, the best first, at most one more than is shown.

    When none matches, those with words that differ by one letter (``one_letter_off``), and True: they are similar.
    One statement, or two; one more for a user who opens few families.
    """
    if not terms:
        return [], False
    among = None
    if not {Role.MANAGER, Role.SOCIAL_WORKER} & user.roles:
        among = [family.pk for family in VISIBLE_IDS.all(user, on=on)]
    rows = _run(Patterns.of(terms, among), user=user, on=on)
    similar = Patterns.of(terms, among, similar=True)
    if rows or not any(word.similar for word in similar.words):
        return rows, False
    return _run(similar, user=user, on=on)[:SIMILAR_SHOWN], True


def _run(patterns: Patterns, *, user, on: date) -> list[CaseSummary]:
    """One statement, compiled once for each shape of a query ("two words, a telephone number")."""
    values: list[Any] = []
    statement = _statement(_take_apart(patterns, values))
    return statement.all(user, on=on, **{f"value_{number}": each for number, each in enumerate(values)})


VISIBLE_IDS = ScopedQuery(lambda user, on: Family.objects.visible_to(user, on=on).only("pk"))
# Of a shape: what stands for the n-th value while the statement is compiled.
MARKERS: dict[type, Callable[[int], Any]] = {
    str: lambda number: f"?{number}",
    int: lambda number: 30_000 + number,  # in the range of a small column
    list: lambda number: [-100 - number],
}


def _take_apart(part: Any, values: list[Any]) -> Any:
    """The shape of patterns: types instead of values, which are added to ``values`` in order."""
    if isinstance(part, tuple):
        shapes = [_take_apart(each, values) for each in part]
        return type(part)(*shapes) if hasattr(part, "_fields") else tuple(shapes)
    if part is None:
        return None
    values.append(part)
    return type(part)


def _put_together(shape: Any, values: Iterator[Any]) -> Any:
    """The patterns of this shape with these values."""
    if isinstance(shape, tuple):
        parts = [_put_together(each, values) for each in shape]
        return type(shape)(*parts) if hasattr(shape, "_fields") else tuple(parts)
    return None if shape is None else next(values)


@lru_cache(maxsize=256)
def _statement(shape: Patterns) -> ScopedQuery[CaseSummary]:
    def build(user, on: date, **values: Any) -> QuerySet[CaseSummary]:
        return _matching_families(_put_together(shape, iter(values.values())), user=user, on=on)

    types: list[type] = []
    _take_apart(shape, types)
    return ScopedQuery(build, **{f"value_{n}": MARKERS[kind](n) for n, kind in enumerate(types)})


def search_families(request, query) -> dict:
    """The group of families for the search page; three statements, of an assistant four, one more for similar words."""
    terms, user, today = SearchTerms.of(query), request.user, request.today
    refresh_due(today)
    rows, similar = find_families(terms, user=user, on=today)
    words = queries.load_words()
    families = [
        FamilySearchResult(FamilyListRow(row, user, RUNNING, today, words), terms.all_words, terms.pesel_key)
        for row in rows[:MAX_RESULTS]
    ]
    # A stable sort keeps the Polish order of names.
    families.sort(key=lambda each: (not each.is_full_name_match, not each.is_surname_match))
    return {
        "template": "case_files/_search_results.html",
        "count": len(families),
        "rows": families,
        "drawn_rows": draw_search_rows(families),
        "more": len(rows) > MAX_RESULTS,
        "most": MAX_RESULTS,
        "similar": similar,
    }


def _matching_families(patterns: Patterns, *, user, on: date) -> QuerySet[CaseSummary]:
    families, among = CaseSummary.objects.visible_to(user, on=on), patterns.among
    if among is not None:
        families = CaseSummary.objects.filter(is_among(among))
    for word in patterns.words:
        families = families.filter(_starts_with(word))
    for phone in patterns.phones:
        by_words = reduce(and_, map(_starts_with, phone.words))
        ending = Phone.objects.filter(digits__like=phone.ending)
        families = families.filter(Q(pk__in=ending.values("family")) | by_words)
    for year, serial in patterns.numbers:
        periods = WorkPeriod.objects.filter(year=year, serial=serial)
        families = families.filter(pk__in=periods.values("family"))
    for reference in patterns.references:
        periods = WorkPeriod.objects.filter(case_reference__gt="", case_reference__iexact=reference)
        families = families.filter(pk__in=periods.values("family"))
    if patterns.pesel_key:
        members = Membership.objects.filter(person__pesel_key=patterns.pesel_key)
        families = families.filter(pk__in=members.values("family"))
    # What is shown of them is joined to the best only: a common surname has a thousand families.
    order = (*_best_first(patterns), "sort_name", "pk")
    best = CaseSummary.objects.filter(pk_in_array(families.order_by(*order).values("pk")[: MAX_RESULTS + 1]))
    best = queries.with_list_data(best, user=user, on=on)
    return best.annotate(name_key=F("family__search_key"), **_matches(patterns)).order_by(*order)


def _matches(patterns: Patterns) -> dict[str, ArraySubquery]:
    """What of each family matches; only what the query can match."""
    matches = {}
    if patterns.all_words or patterns.pesel_key:
        matches["matching_people"] = _matching_people(patterns)
    if patterns.all_words:
        matches["matching_addresses"] = _matching_addresses(patterns, "family")
        matches["matching_members_addresses"] = _matching_addresses(patterns, "membership__family")
    if patterns.phones:
        matches["matching_phones"] = _matching_phones(patterns)
    return matches


def _best_first(patterns: Patterns) -> list[Case]:
    """Families with a full name first, then those whose own name contains a word."""
    if not patterns.words:
        return []
    whens = [When(_name_matches(patterns), then=Value(1))]
    if len(patterns.words) > 1:
        whens.insert(0, When(Exists(_full_name_matches(patterns)), then=Value(0)))
    return [Case(*whens, default=Value(2))]


def _starts_with(word: WordPatterns, key: str = "search_key") -> Q:
    """A word of the key starts with the folded word or equals the stem (see ``query_terms``), or is similar."""
    similar = Q(**{f"{key}__regex": word.similar}) if word.similar else Q()
    return reduce(or_, (Q(**{f"{key}__like": each}) for each in word.starts), similar)


def _any_word(patterns: Patterns, key: str = "search_key") -> Q:
    return reduce(or_, (_starts_with(word, key) for word in patterns.all_words), Q())


def _name_matches(patterns: Patterns) -> Q:
    """The name of the family contains a whole word: Nowakowie for "nowak", not Nowakowscy."""
    return reduce(or_, (Q(search_key__like=word.whole_in_name) for word in patterns.words))


def _full_name_matches(patterns: Patterns):
    """Members whose names match all words whole: Grażyna Bąk for "grazyna bak", not Bąkowska."""
    whole = (
        reduce(or_, (Q(person__search_key__like=each) for each in word.whole)) for word in patterns.words
    )
    return Membership.objects.filter(reduce(and_, whole), family=OuterRef("pk"))


def _matching_people(patterns: Patterns):
    """Current and former members matching a word or the PESEL."""
    by_words = _any_word(patterns, "person__search_key")
    by_pesel = Q(person__pesel_key=patterns.pesel_key) if patterns.pesel_key else Q()
    rows = Membership.objects.filter(by_words | by_pesel, family=OuterRef("pk")).order_by("pk")
    versions = (
        versions_of(Person).filter(id=OuterRef("person")).exclude(last_name=OuterRef("person__last_name"))
    )
    facts = JSONObject(
        person="person_id",
        first_name="person__first_name",
        last_name="person__last_name",
        other_spellings="person__other_spellings",
        earlier_surnames=ArraySubquery(versions.order_by("last_name").values("last_name").distinct()),
        born_on="person__born_on",
        birth_precision="person__birth_precision",
        sex="person__sex",
        kinship="kinship",
        ends_on="ends_on",
        pesel_key="person__pesel_key",
        search_key="person__search_key",
    )
    return ArraySubquery(rows.values(facts=facts))


def _matching_addresses(patterns: Patterns, whose: str):
    """Current and former addresses of the family or of its members matching a word."""
    rows = Address.objects.filter(_any_word(patterns), **{whose: OuterRef("pk")}).order_by("-starts_on", "pk")
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


def _matching_phones(patterns: Patterns):
    """Current and former numbers with these endings."""
    ends = reduce(or_, (Q(digits__like=each.ending) for each in patterns.phones))
    rows = Phone.objects.filter(ends, family=OuterRef("pk")).order_by("-starts_on", "pk")
    facts = JSONObject(number="number", ends_on="ends_on", whose="person__first_name")
    return ArraySubquery(rows.values(facts=facts))
