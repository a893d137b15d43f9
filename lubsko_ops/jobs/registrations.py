from lubsko_ops.core.dashboard import PANELS
from lubsko_ops.jobs.cleanup import purge_expired
from lubsko_ops.jobs.nightly import JOBS, NightlyJob
from lubsko_ops.jobs.overdue_panel import overdue_jobs_panel


def register() -> None:
    JOBS.register(NightlyJob("purge_expired", purge_expired))
    PANELS.register(overdue_jobs_panel, order=0)
