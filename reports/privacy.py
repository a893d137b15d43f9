"""Privacy classes of the fields (see lubsko_ops/core/privacy.py)."""

from lubsko_ops.core.privacy import AUDIT_FIELDS, PERSONAL, PLAIN

CLASSES = {
    # Free text: it should not contain names, but nothing prevents them.
    "reports.QuarterText": {PERSONAL: {"text"}, PLAIN: AUDIT_FIELDS | {"year", "quarter", "assistant"}},
    "reports.ProjectReportText": {
        PERSONAL: {"course", "undone", "conclusions", "remarks"},
        PLAIN: AUDIT_FIELDS | {"edition", "starts_on", "ends_on", "writers", "presented_at", "presented_by"},
    },
    "reports.IssuedReport": {
        PERSONAL: {"text", "reason"},
        PLAIN: {
            "id", "kind", "starts_on", "ends_on", "assistant", "edition", "number", "prepared_at", "prepared_by",
            "issued_at", "issued_by", "small_staff",
        },
    },
    "reports.IssuedFigure": {
        PLAIN: {"id", "report", "position", "key", "name", "kind", "definition", "basis", "unit"},
    },
    "reports.IssuedNumber": {PLAIN: {"id", "figure", "column", "assistant", "value", "row_ids", "amounts"}},
}  # fmt: skip
