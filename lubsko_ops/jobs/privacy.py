"""Privacy class of every field of this app's models (see lubsko_ops/core/privacy.py)."""

from lubsko_ops.core.privacy import PLAIN

CLASSES = {
    "jobs.NightlyJobRun": {PLAIN: {"id", "name", "night", "done_at", "result"}},
}  # fmt: skip
