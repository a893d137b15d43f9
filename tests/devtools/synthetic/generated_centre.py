"""A small synthetic centre, generated in the same way as the large ones."""

from devtools.synthetic import families, meetings, people, plans, projects, staff, work
from devtools.synthetic.centre import CentreSize, SyntheticCentre
from devtools.synthetic.visit_tables import TABLES
from families.deadlines.models import Deadline
from families.plans.models import Plan
from lubsko_ops.audit.models import AccessLogEntry
from tests.factories import TODAY

TINY = CentreSize(
    assistants=2,
    social_workers=3,
    open_families=6,
    waiting_families=2,
    years=2,
    work_days=120,
    visits_a_day=3,
)
CHANCE = ("pesel", "writers", "authors", "uid")
WITH_HISTORY = [model for model, *_ in (*people.TABLES, *work.TABLES)]
WITH_HISTORY += [Plan, *plans.TABLES]
WITH_HISTORY += [model for model, why in TABLES.items() if why]
WITH_HISTORY += [*projects.TABLES, *meetings.TABLES]


def generate(seed: int = 1) -> SyntheticCentre:
    """Generate two years of two assistants with six families."""
    centre = SyntheticCentre(TODAY, TINY, seed)
    for part in (staff, families):
        part.load(centre)
    return centre


def all_rows() -> list[str]:
    """Return every row as text, without what differs each time: encrypted values, ids of users, UUIDs."""
    rows = []
    for model in [*WITH_HISTORY, AccessLogEntry, Deadline]:
        fields = [field for field in model._meta.concrete_fields if field.name not in CHANCE]
        names = [field.attname for field in fields if field.related_model is None or _is_case_data(field)]
        rows += [f"{model.__name__} {row}" for row in model.objects.order_by("pk").values_list(*names)]
    return rows


def _is_case_data(field) -> bool:
    return field.related_model.__module__.startswith("families.")
