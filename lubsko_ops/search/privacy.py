"""Privacy class of every field of this app's models (see lubsko_ops/core/privacy.py)."""

from lubsko_ops.core.privacy import PERSONAL, PLAIN

CLASSES = {
    "search.SearchQuery": {PERSONAL: {"text", "pesel_key"}, PLAIN: {"id", "user", "created_at"}},
}  # fmt: skip
