from lubsko_ops.core.dashboard import PANELS
from lubsko_ops.jobs.cleanup import purge_expired
from lubsko_ops.jobs.nightly import JOBS, NightlyJob
from lubsko_ops.jobs.panels import overdue_jobs_panel, wrong_rows_panel
from lubsko_ops.jobs.refresh import JOB_NAME, refresh_stored_rows


def register() -> None:
    JOBS.register(NightlyJob("purge_expired", purge_expired, "usuwanie tego, czego czas minął"))
    JOBS.register(NightlyJob(JOB_NAME, refresh_stored_rows, "porównanie terminów, list i osi czasu"))
    PANELS.register(overdue_jobs_panel, order=0)
    PANELS.register(wrong_rows_panel, order=1)
