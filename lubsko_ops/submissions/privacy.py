"""Privacy class of every field of this app's models (see lubsko_ops/core/privacy.py)."""

from lubsko_ops.core.privacy import PERSONAL, PLAIN, SENSITIVE

CLASSES = {
    "submissions.Draft": {
        PERSONAL: {"title"}, SENSITIVE: {"content"}, PLAIN: {"id", "user", "key", "address", "saved_at"},
    },
    "submissions.Submission": {
        PERSONAL: {"result_message"},
        SENSITIVE: {"content"},
        PLAIN: {"id", "user", "key", "action", "content_hash", "address", "result_address", "sent_at"},
    },
}  # fmt: skip
