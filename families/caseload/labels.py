"""Rows of the work in words, for titles and messages."""

from families.caseload.models import Assignment, LegalBasis
from lubsko_ops.core.polish import short_date

# What can be done when the work has no basis, said to those who may record one and to all the others.
MISSING_BASIS_ADVICE = (
    "Dodaj inną podstawę albo popraw daty, jeśli to pomyłka. Gdy podstawy nie będzie, o dalszej pracy "
    "decyduje kierownik."
)
BASIS_PERMISSION_NOTE = "Podstawę pracy zapisuje pracownik socjalny albo kierownik."


def days_label(row) -> str:
    """ "od 04.03.2026", "od 13.10.2026 do 20.10.2026"."""
    until = f" do {short_date(row.ends_on)}" if row.ends_on else ""
    return f"od {short_date(row.starts_on)}{until}"


def basis_label(basis: LegalBasis) -> str:
    """ "zgoda, Danuta Kowalska, od 04.03.2026"."""
    facts = [
        basis.get_kind_display(),
        str(basis.person or ""),
        basis.reference,
        f"od {short_date(basis.starts_on)}",
    ]
    return ", ".join(fact for fact in facts if fact)


def assignment_label(row: Assignment) -> str:
    """ "Ewa Czyż zastępuje od 13.10.2026 do 20.10.2026"."""
    return f"{row.assistant} {row.get_kind_display()} {days_label(row)}"


def limit_override_notes(row: Assignment) -> list[str]:
    """What the message adds when the limit was overridden."""
    return ["Powód przekroczenia limitu jest zapisany."] if row.override_reason else []
