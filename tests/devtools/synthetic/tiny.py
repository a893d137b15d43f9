"""The big data set made small, by the same path."""

from devtools.synthetic import core_data as ground_floor
from devtools.synthetic import families as families
from devtools.synthetic import people, plans, work
from devtools.synthetic.centre import Big, Size
from devtools.synthetic.visit_tables import TABLES
from families.deadlines.models import Deadline
from families.plans.models import Plan
from lubsko_ops.audit.models import AccessLogEntry
from tests.factories import TODAY

TINY = Size(
    assistants=2,
    social_workers=3,
    open_families=6,
    waiting_families=2,
    years=2,
    work_days=120,
    visits_a_day=3,
)
WITH_HISTORY = [model for model, *_ in (*people.TABLES, *work.TABLES)]
WITH_HISTORY += [Plan, *plans.TABLES]
WITH_HISTORY += [model for model, why in TABLES.items() if why]


def make(seed: int = 1) -> Big:
    """Two assistants with six families, and two years of them."""
    big = Big(TODAY, TINY, seed)
    for chapter in (ground_floor, families):
        chapter.load(big)
    return big


def picture() -> list[str]:
    """Every row that was made, but for ciphers, which differ each time, and ids of accounts."""
    rows = []
    for model in [*WITH_HISTORY, AccessLogEntry, Deadline]:
        fields = [field for field in model._meta.concrete_fields if field.name != "pesel"]
        names = [field.attname for field in fields if field.related_model is None or _ours(field)]
        rows += [f"{model.__name__} {row}" for row in model.objects.order_by("pk").values_list(*names)]
    return rows


def _ours(field) -> bool:
    return field.related_model.__module__.startswith("families.")
