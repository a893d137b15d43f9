"""Comparison of two plan versions: rows matched by lineage, changed words marked. No database access."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from families.plans.models import Plan, PlanAction
from lubsko_ops.core.polish import short_date

TOKENS = re.compile(r"\s+|\d{2}\.\d{2}\.\d{4}|\w+|[^\w\s]")  # a date is one token
MIN_SIMILARITY = 0.4  # less similar texts count as changed as a whole
UNCHANGED, CHANGED, ADDED, REMOVED = "bez zmian", "zmieniony", "dodany", "usunięty"
STATE_KINDS = {CHANGED: "soon", ADDED: "done", REMOVED: "late"}  # kinds of the tag; none for UNCHANGED
STATE_COUNT_LABELS = {CHANGED: "zmienione", ADDED: "dodane", REMOVED: "usunięte", UNCHANGED: "bez zmian"}


@dataclass(frozen=True)
class TextPiece:
    """Part of a text; ``changed``: it is not in the other version."""

    text: str
    changed: bool = False


@dataclass(frozen=True)
class FieldDiff:
    """A field in both versions: its label, the earlier and the later text."""

    label: str
    before: list[TextPiece]
    now: list[TextPiece]

    @property
    def changed(self) -> bool:
        return any(piece.changed for piece in [*self.before, *self.now])


@dataclass(frozen=True)
class RowDiff:
    """A row in both versions; one side is None where the row was added or removed."""

    before: PlanAction | None
    now: PlanAction | None
    fields: list[FieldDiff]

    @property
    def state(self) -> str:
        if self.before is None:
            return ADDED
        if self.now is None:
            return REMOVED
        return CHANGED if any(field.changed for field in self.fields) else UNCHANGED

    @property
    def state_kind(self) -> str:
        return STATE_KINDS.get(self.state, "")

    @property
    def position_text(self) -> str:
        """ "Wiersz 2, teraz 3", "Dawny wiersz 4"."""
        if self.now is None:
            return f"Dawny wiersz {self.before.position}" if self.before else ""
        moved_from = f" {self.before.position}, teraz" if self.before and self.moved else ""
        return f"Wiersz{moved_from} {self.now.position}"

    @property
    def visible_fields(self) -> list[FieldDiff]:
        """Fields to display: the changed ones of a changed row, all filled ones of an added or removed row."""
        if self.state == CHANGED:
            return [field for field in self.fields if field.changed]
        return (
            [] if self.state == UNCHANGED else [field for field in self.fields if field.before or field.now]
        )

    @property
    def title(self) -> str:
        return str(self.now or self.before)

    @property
    def moved(self) -> bool:
        return bool(self.before and self.now and self.before.position != self.now.position)


def diff_texts(before: str, now: str) -> tuple[list[TextPiece], list[TextPiece]]:
    """Both texts in pieces, with differing pieces marked; dissimilar texts are marked as a whole."""
    if before == now:
        return ([TextPiece(now)], [TextPiece(now)]) if now else ([], [])
    old, new = TOKENS.findall(before), TOKENS.findall(now)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if not old or not new or matcher.ratio() < MIN_SIMILARITY:
        return [TextPiece(text, True) for text in [before] if text], [
            TextPiece(text, True) for text in [now] if text
        ]
    left, right = [], []
    for kind, i, j, k, m in matcher.get_opcodes():
        for side, tokens in ((left, old[i:j]), (right, new[k:m])):
            if tokens:
                side.append(TextPiece("".join(tokens), changed=kind != "equal"))
    return left, right


def diff_field(label: str, before: str, now: str) -> FieldDiff:
    return FieldDiff(label, *diff_texts(before.strip(), now.strip()))


def diff_plan_fields(before: Plan, now: Plan) -> list[FieldDiff]:
    """Fields of the whole plan that are filled in at least one version."""
    fields = [
        (
            "Okres",
            *(f"{short_date(plan.covers_from)}–{short_date(plan.covers_to)}" for plan in (before, now)),
        ),
        ("Cel główny", before.main_goal, now.main_goal),
        ("Uzgodnienie z planem pomocy dziecku", _coordination_text(before), _coordination_text(now)),
    ]
    return [diff_field(*each) for each in fields if each[1] or each[2]]


def _coordination_text(plan: Plan) -> str:
    if not plan.coordinated:
        return ""
    day = short_date(plan.coordinated_on) if plan.coordinated_on else ""
    return ", ".join(part for part in ("uzgodniony", plan.coordinated_with, day) if part)


def diff_rows(before: Plan, now: Plan) -> list[RowDiff]:
    """Rows matched by lineage: in the order of the later version, removed rows last."""
    old = {action.lineage_id: action for action in before.actions.all()}
    rows = [_diff_row(old.pop(action.lineage_id, None), action) for action in now.actions.all()]
    return rows + [_diff_row(action, None) for action in old.values()]


def summarize_changes(rows: list[RowDiff]) -> str:
    """ "Wiersze: zmienione 1, dodane 2"; zero counts are omitted."""
    counts = [(label, sum(row.state == state for row in rows)) for state, label in STATE_COUNT_LABELS.items()]
    return "Wiersze: " + ", ".join(f"{label} {count}" for label, count in counts if count)


def _diff_row(before: PlanAction | None, now: PlanAction | None) -> RowDiff:
    left, right = _row_texts(before), _row_texts(now)
    return RowDiff(
        before, now, [diff_field(label, left.get(label, ""), right.get(label, "")) for label in right or left]
    )


def _row_texts(action: PlanAction | None) -> dict[str, str]:
    if action is None:
        return {}
    return {
        "Cel": action.goal,
        "Obszar": action.get_area_display(),
        "Problem lub potrzeba": action.problem,
        "Działania": action.actions,
        "Kto": action.who,
        "Termin": short_date(action.due_on) if action.due_on else "",
        "Przewidywany efekt": action.expected_outcome,
    }
