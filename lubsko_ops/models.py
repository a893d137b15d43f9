"""The public list of models of the ground floor, nothing else."""

from lubsko_ops.centre import Centre
from lubsko_ops.night.models import NightlyWork
from lubsko_ops.reading import ReadEntry, RefusalEntry
from lubsko_ops.search.models import SearchQuery
from lubsko_ops.staff.models import (
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
