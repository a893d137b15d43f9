"""Privacy classes of the fields (see lubsko_ops/core/privacy.py)."""

from lubsko_ops.core.privacy import AUDIT_FIELDS, PERSONAL, PLAIN

CLASSES = {
    # Free text: it should not contain names, but nothing prevents them.
    "reports.QuarterText": {PERSONAL: {"text"}, PLAIN: AUDIT_FIELDS | {"year", "quarter", "assistant"}},
}
