"""Privacy class of every field of this app's models (see lubsko_ops/core/privacy.py)."""

from lubsko_ops.core.privacy import DATED, PERSONAL, PLAIN, RECORDED, SENSITIVE

ROW = RECORDED | DATED

CLASSES = {
    "caseload.Assignment": {PLAIN: ROW | {"period", "assistant", "kind", "override_reason"}},
    "caseload.CaseCounter": {PLAIN: {"year", "last"}},
    "caseload.NotBegun": {PLAIN: {"family"}},
    "caseload.SocialWorkerLead": {PLAIN: ROW | {"family", "social_worker"}},
    "caseload.WorkBasis": {
        SENSITIVE: {"kind", "reference", "ended_why"}, PERSONAL: {"person"}, PLAIN: ROW | {"period"},
    },
    "caseload.WorkPeriod": {SENSITIVE: {"closing_reason"}, PLAIN: ROW | {"family", "year", "serial"}},
}  # fmt: skip
