from lubsko_ops.jobs.background import BACKGROUND_JOBS, BackgroundJob
from lubsko_ops.jobs.nightly import JOBS, NightlyJob
from lubsko_ops.output.file_store import LISTED_FILES
from lubsko_ops.output.issued_papers import RENDER_JOB, get_content, get_listed_files, render_missing


def register() -> None:
    BACKGROUND_JOBS.register(BackgroundJob(RENDER_JOB, get_content))
    LISTED_FILES.register(get_listed_files)
    JOBS.register(NightlyJob("issued_papers", render_missing, "wydruki, które nie powstały od razu"))
