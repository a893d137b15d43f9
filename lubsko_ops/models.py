"""The public list of models of the ground floor, nothing else."""

from lubsko_ops.centre.models import Centre
from lubsko_ops.jobs.models import NightlyWork
from lubsko_ops.audit.access_log import ReadEntry, RefusalEntry
from lubsko_ops.search.models import SearchQuery
from lubsko_ops.accounts.models import (
    Contract,
    FirstAdministratorLink,
    Region,
    RegionGrant,
    RoleGrant,
    User,
)
from lubsko_ops.submissions.models import Draft, Submission

__all__ = [
    "Centre",
    "Contract",
    "Draft",
    "FirstAdministratorLink",
    "NightlyWork",
    "ReadEntry",
    "RefusalEntry",
    "Region",
    "RegionGrant",
    "RoleGrant",
    "SearchQuery",
    "Submission",
    "User",
]
