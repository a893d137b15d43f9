"""Privacy class of every field of this app's models (see lubsko_ops/core/privacy.py)."""

from lubsko_ops.core.privacy import PLAIN, SENSITIVE

CLASSES = {
    "deadlines.Deadline": {
        SENSITIVE: {"kind"},
        PLAIN: {"id", "family", "subject_id", "due_on", "since", "responsible", "done_on"},
    },
    "deadlines.NormRecalculation": {
        PLAIN: {"id", "norm", "started_at", "total", "done", "last_family", "finished_at"}
    },
}  # fmt: skip
