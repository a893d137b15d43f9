"""Search of the families a specialist may open today: by the family's name and the names of its people, nothing else.

Addresses, telephones and PESEL are not sought: a specialist does not see them.
"""

from collections import defaultdict
from datetime import date

from families.case_files.specialist_views import load_families
from families.people.models import Membership
from families.specialists.models import FamilySpecialist
from families.specialists.permissions import SPECIALIST_FILE
from lubsko_ops.audit.access_log import note_shown
from lubsko_ops.core.permissions import has_permission
from lubsko_ops.core.search_keys import build_search_key, key_matches_query


def search_families_of_specialist(request, query) -> dict:
    """The group of families for the search page; two statements, none for users who are no specialists."""
    user = request.user
    is_specialist = has_permission(user, SPECIALIST_FILE)
    rows = find_rows(user, query.text_without_pesel, on=request.today) if is_specialist else []
    note_shown(row.family_id for row in rows)
    return {"template": "specialists/_search_results.html", "count": len(rows), "rows": rows}


def find_rows(user, text: str, *, on: date) -> list[FamilySpecialist]:
    """Accesses of the day whose family has every word in its name or in the names of its people."""
    rows = load_families(user, on=on)
    people = Membership.objects.members_on(on).filter(family__in=[row.family_id for row in rows])
    names = defaultdict(list)
    for family, first, last in people.values_list("family", "person__first_name", "person__last_name"):
        names[family] += [first, last]
    return [
        row
        for row in rows
        if key_matches_query(build_search_key(row.family.name, *names[row.family_id]), text)
    ]
