"""Privacy class of every field of this app's models (see lubsko_ops/core/privacy.py)."""

from lubsko_ops.core.privacy import DATED, PERSONAL, PLAIN, RECORDED, SENSITIVE

ROW = RECORDED | DATED

CLASSES = {
    "care.Placement": {
        PERSONAL: {"person"}, SENSITIVE: {"form", "returned"}, PLAIN: ROW | {"family"},
    },
}  # fmt: skip
