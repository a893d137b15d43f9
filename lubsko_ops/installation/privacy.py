"""Privacy class of every field of this app's models (see lubsko_ops/core/privacy.py)."""

from lubsko_ops.core.privacy import PLAIN

CLASSES = {
    "installation.SetupProgress": {PLAIN: {"id", "began_at", "skipped", "finished_at"}},
}
