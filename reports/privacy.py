"""Classes of the reports' fields (see lubsko_ops/core/privacy.py)."""

from lubsko_ops.core.privacy import AUDIT_FIELDS, PERSONAL, PLAIN

CLASSES = {
    # Free text: nobody is to be named in it, but nothing can keep a name out.
    "reports.QuarterText": {PERSONAL: {"text"}, PLAIN: AUDIT_FIELDS | {"year", "quarter", "assistant"}},
}
