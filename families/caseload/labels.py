"""Polish texts of work rows for titles and messages."""

from families.caseload.models import Assignment, LegalBasis
from lubsko_ops.core.polish import short_date

# Advice when the work has no basis: for users who may record one, and for the others.
MISSING_BASIS_ADVICE = (
    "Dodaj inną podstawę albo popraw daty, jeśli to pomyłka. Gdy podstawy nie będzie, o dalszej pracy "
    "decyduje kierownik."
)
BASIS_PERMISSION_NOTE = "Podstawę pracy zapisuje pracownik socjalny albo kierownik."


def days_label(row) -> str:
    """Days of a dated row: "od 04.03.2026" or "od 13.10.2026 do 20.10.2026"."""
    until = f" do {short_date(row.ends_on)}" if row.ends_on else ""
    return f"od {short_date(row.starts_on)}{until}"


def basis_label(basis: LegalBasis) -> str:
    """A legal basis, e.g. "zgoda, Danuta Kowalska, od 04.03.2026"."""
    since = f"od {short_date(basis.starts_on)}"
    parts = [basis.get_kind_display(), str(basis.person or ""), basis.reference, since]
    return ", ".join(part for part in parts if part)


def assignment_label(row: Assignment) -> str:
    """An assignment, e.g. "Ewa Czyż zastępuje od 13.10.2026 do 20.10.2026"."""
    return f"{row.assistant} {row.get_kind_display()} {days_label(row)}"


def limit_override_notes(row: Assignment) -> list[str]:
    """Sentences to add to a success message when the limit was overridden."""
    return ["Powód przekroczenia limitu jest zapisany."] if row.override_reason else []
