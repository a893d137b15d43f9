"""Privacy classes of the fields (see lubsko_ops/core/privacy.py)."""

from lubsko_ops.core.privacy import AUDIT_FIELDS, PERSONAL, PLAIN

CLASSES = {
    # Free text: it should not contain names, but nothing prevents them.
    "reports.QuarterText": {PERSONAL: {"text"}, PLAIN: AUDIT_FIELDS | {"year", "quarter", "assistant"}},
    "reports.IssuedReport": {
        PERSONAL: {"text"},
        PLAIN: {"id", "kind", "starts_on", "ends_on", "assistant", "number", "issued_at", "issued_by"},
    },
    "reports.IssuedFigure": {
        PLAIN: {"id", "report", "position", "key", "name", "kind", "definition", "basis", "unit"},
    },
    "reports.IssuedNumber": {PLAIN: {"id", "figure", "column", "assistant", "value", "row_ids", "amounts"}},
}
