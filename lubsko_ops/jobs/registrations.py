from lubsko_ops.core import dashboard
from lubsko_ops.jobs import nightly
from lubsko_ops.jobs.cleanup import tidy
from lubsko_ops.jobs.overdue_panel import late_nights


def register() -> None:
    nightly.register("tidy", tidy)
    dashboard.register(0, late_nights)
