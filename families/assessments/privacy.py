"""Privacy class of every field of this app's models (see lubsko_ops/core/privacy.py)."""

from lubsko_ops.core.privacy import PLAIN, RECORDED

CLASSES = {
    "assessments.Assessment": {
        PLAIN: RECORDED | {"period", "author", "covers_from", "covers_to", "handed_over_on"},
    },
}  # fmt: skip
