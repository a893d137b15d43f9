"""Two versions of the plan side by side: rows by their line, changed words marked. No database, no pages."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from families.plans.models import Plan, PlanAction
from lubsko_ops.core.polish import short_date

TOKENS = re.compile(r"\s+|\d{2}\.\d{2}\.\d{4}|\w+|[^\w\s]")  # a day is one word
ALIKE = 0.4  # below this share of common words the text is new, and marking single words would only confuse
UNCHANGED, CHANGED, ADDED, REMOVED = "bez zmian", "zmieniony", "dodany", "usunięty"
COUNTED = {CHANGED: "zmienione", ADDED: "dodane", REMOVED: "usunięte", UNCHANGED: "bez zmian"}


@dataclass(frozen=True)
class Piece:
    """Some words of a text; ``changed``: they are not in the other version."""

    text: str
    changed: bool = False


@dataclass(frozen=True)
class Cell:
    """One thing said in both versions: its name, the words before and now."""

    label: str
    before: list[Piece]
    now: list[Piece]

    @property
    def changed(self) -> bool:
        return any(piece.changed for piece in [*self.before, *self.now])


@dataclass(frozen=True)
class Pair:
    """A row in both versions; one of them is missing where the row was added or removed."""

    before: PlanAction | None
    now: PlanAction | None
    cells: list[Cell]

    @property
    def state(self) -> str:
        if self.before is None:
            return ADDED
        if self.now is None:
            return REMOVED
        return CHANGED if any(cell.changed for cell in self.cells) else UNCHANGED

    @property
    def shown(self) -> list[Cell]:
        """What to read: of a changed row only what changed, of an added or removed one all that is said."""
        if self.state == CHANGED:
            return [cell for cell in self.cells if cell.changed]
        return [] if self.state == UNCHANGED else [cell for cell in self.cells if cell.before or cell.now]

    @property
    def title(self) -> str:
        return str(self.now or self.before)

    @property
    def moved(self) -> bool:
        return bool(self.before and self.now and self.before.position != self.now.position)


def words_of(before: str, now: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces, those that differ marked; a text that is mostly other words is marked whole."""
    if before == now:
        return ([Piece(now)], [Piece(now)]) if now else ([], [])
    old, new = TOKENS.findall(before), TOKENS.findall(now)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if not old or not new or matcher.ratio() < ALIKE:
        return [Piece(text, True) for text in [before] if text], [Piece(text, True) for text in [now] if text]
    left, right = [], []
    for kind, i, j, k, m in matcher.get_opcodes():
        for side, words in ((left, old[i:j]), (right, new[k:m])):
            if words:
                side.append(Piece("".join(words), changed=kind != "equal"))
    return left, right


def cell(label: str, before: str, now: str) -> Cell:
    return Cell(label, *words_of(before.strip(), now.strip()))


def head_of(before: Plan, now: Plan) -> list[Cell]:
    """What is said of the whole plan."""
    said = [
        (
            "Okres",
            *(f"{short_date(plan.covers_from)}–{short_date(plan.covers_to)}" for plan in (before, now)),
        ),
        ("Cel główny", before.main_goal, now.main_goal),
        ("Uzgodnienie z planem pomocy dziecku", _coordination(before), _coordination(now)),
    ]
    return [cell(*each) for each in said if each[1] or each[2]]


def _coordination(plan: Plan) -> str:
    if not plan.coordinated:
        return ""
    day = short_date(plan.coordinated_on) if plan.coordinated_on else ""
    return ", ".join(part for part in ("uzgodniony", plan.coordinated_with, day) if part)


def pairs_of(before: Plan, now: Plan) -> list[Pair]:
    """Rows of both versions by their line: in the order of the newer one, those that were removed at the end."""
    old = {action.line: action for action in before.actions.all()}
    pairs = [_pair(old.pop(action.line, None), action) for action in now.actions.all()]
    return pairs + [_pair(action, None) for action in old.values()]


def counted(pairs: list[Pair]) -> str:
    """ "Wiersze: zmienione 1, dodane 2", only what there is."""
    counts = [(words, sum(pair.state == state for pair in pairs)) for state, words in COUNTED.items()]
    return "Wiersze: " + ", ".join(f"{words} {count}" for words, count in counts if count)


def _pair(before: PlanAction | None, now: PlanAction | None) -> Pair:
    left, right = _said(before), _said(now)
    return Pair(
        before, now, [cell(label, left.get(label, ""), right.get(label, "")) for label in right or left]
    )


def _said(action: PlanAction | None) -> dict[str, str]:
    if action is None:
        return {}
    return {
        "Cel": action.goal,
        "Obszar": action.get_area_display(),
        "Problem lub potrzeba": action.problem,
        "Działania": action.actions,
        "Kto": action.who,
        "Termin": short_date(action.due_on) if action.due_on else "",
        "Przewidywany efekt": action.expected,
    }
