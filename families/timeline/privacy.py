"""Privacy class of every field of this app's models (see lubsko_ops/core/privacy.py)."""

from lubsko_ops.core.privacy import PLAIN, SENSITIVE

CLASSES = {
    "timeline.TimelineEntry": {
        SENSITIVE: {"kind", "circle", "parameters"},
        PLAIN: {"id", "family", "day", "at", "sorted_at", "row", "author"},
    },
}  # fmt: skip
