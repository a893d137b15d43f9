from lubsko_ops.core import dashboard
from lubsko_ops.jobs import nightly
from lubsko_ops.jobs.cleanup import purge_expired
from lubsko_ops.jobs.overdue_panel import overdue_jobs_panel


def register() -> None:
    nightly.register_job("purge_expired", purge_expired)
    dashboard.register_panels(0, overdue_jobs_panel)
