"""Privacy class of every field of this app's models (see lubsko_ops/core/privacy.py)."""

from lubsko_ops.core.privacy import PLAIN, RECORDED

CLASSES = {
    "centre.Centre": {
        PLAIN: RECORDED
        | {"name", "name_locative", "short_name", "locality", "address_line", "phone", "email", "website"}
    },
}  # fmt: skip
