"""The law as its page shows it: values, refusals, bases, tasks and acts of families/law.py. No database access."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from families import law
from families.employees import rules as employment
from lubsko_ops.centre.models import ActCitation
from lubsko_ops.core.polish import MONTH_FORMS, count_of

# Every rule of families/law.py with its name on the page and the text of a value.
RULES: list[tuple[law.Rule, str, Callable[[Any], str]]] = [
    (law.FAMILIES_PER_ASSISTANT, "najwięcej rodzin na asystenta", str),
    (
        law.COUNTS_ZA_ZYCIEM,
        "rodziny z podstawą „Za życiem” liczą się do tego limitu",
        lambda counts: "tak" if counts else "nie",
    ),
    (
        law.ASSESSMENT_MONTHS,
        "okresowa ocena sytuacji rodziny",
        lambda months: f"co {count_of(months, MONTH_FORMS)}",
    ),
    (
        law.SOCIAL_PROJECT,
        "projekt socjalny jako narzędzie pracy socjalnej",
        lambda holds: "tak" if holds else "nie",
    ),
]


@dataclass(frozen=True)
class RuleRow:
    """A value of the law: the one of the day, with those before and after it in their order."""

    label: str
    text: str
    since: date
    basis: str
    verified: bool
    others: tuple[tuple[date, str], ...]


def rule_rows(*, on: date) -> list[RuleRow]:
    rows = []
    for rule, label, text in RULES:
        in_force = max(since for since, _ in rule.values if since <= on)
        others = tuple((since, text(value)) for since, value in rule.values if since != in_force)
        rows.append(RuleRow(label, text(rule.on(on)), in_force, rule.basis, rule.verified, others))
    return rows


def refusals(*, on: date) -> list[tuple[str, str]]:
    """What the application refuses because of the law: what, and the sentence it answers with."""
    limit = law.FAMILIES_PER_ASSISTANT.on(on)
    return [
        ("Kolejna rodzina ponad limit", law.caseload_limit_refusal(limit, on=on)),
        ("Asystent i pracownik socjalny w jednej osobie", law.both_roles_refusal()),
        ("Praca bez podstawy", law.no_basis_refusal(on=on)),
        ("Przydzielenie bez umowy", law.outside_contract_refusal(on=on)),
        ("Przydzielenie bez potwierdzonej teczki", employment.unconfirmed_file_refusal(confirmed=(), on=on)),
        ("Plan bez terminu", law.incomplete_plan_refusals(without_term=[1])[0]),
        ("Plan bez efektu", law.incomplete_plan_refusals(without_effect=[1])[0]),
    ]


@dataclass(frozen=True)
class ActRow:
    """An act with the reference that papers of the day cite.

    added: the row of the centre it comes from, or None. others: further rows of the centre, the newest first.
    """

    act: law.Citation
    journal: str
    since: date | None
    added: ActCitation | None
    others: tuple[ActCitation, ...]


def act_rows(added: Iterable[ActCitation], *, on: date) -> list[ActRow]:
    of_act: dict[str, list[ActCitation]] = {}
    for row in sorted(added, key=lambda row: row.starts_on, reverse=True):
        of_act.setdefault(row.act, []).append(row)
    return [_act_row(act, of_act.get(act.short, []), on) for act in law.CITATIONS.values()]


def _act_row(act: law.Citation, own: list[ActCitation], on: date) -> ActRow:
    journal = act.journal_on(on, [(row.starts_on, row.journal) for row in own])
    released = max((since for since, _ in act.journals if since <= on), default=date.min)
    started = next((row for row in own if row.starts_on <= on), None)
    current = started if started and started.starts_on >= released else None
    since = current.starts_on if current else (released if journal else None)
    return ActRow(act, journal, since, current, tuple(row for row in own if row is not current))
