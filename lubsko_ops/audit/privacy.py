"""Privacy class of every field of this app's models (see lubsko_ops/core/privacy.py)."""

from lubsko_ops.core.privacy import PERSONAL, PLAIN

CLASSES = {
    "audit.ReadEntry": {PERSONAL: {"user", "families"}, PLAIN: {"id", "at", "address", "access_area", "emergency"}},
    "audit.RefusalEntry": {PERSONAL: {"user", "path"}, PLAIN: {"id", "at", "address", "method", "status"}},
}  # fmt: skip
