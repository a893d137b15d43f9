"""The models of this app in the history of a case file, and a condition that other apps use for theirs."""

from families.people.models import Address, Family, FamilyCategory, FamilyProblem, Membership, Person, Phone
from families.permissions import SENSITIVE_CATEGORIES, SENSITIVE_PROBLEMS, hidden_values
from lubsko_ops.audit.change_entries import HISTORY_TABLES, FileLink, HistoryTable

FAMILY = frozenset({"family"})  # left out of the changes: obvious inside the file


def hide_sensitive(field: str, table: dict):
    """From a user to the condition on states with a sensitive value that the user may not see."""

    def hidden_from(user):
        values = hidden_values(user, table)
        return lambda state: state[field] in values

    return hidden_from


# A change of a person belongs to the file of each family the person was recorded in by then; also of the family from
# which the same action removes a person entered by mistake.
PERSON_FILES = FileLink(
    """JOIN "people_historicalmembership" AS m ON m.person_id = h.id AND m.history_date <= h.history_date
    AND NOT EXISTS (
        SELECT FROM "people_historicalmembership" AS gone
        WHERE gone.id = m.id AND gone.history_type = '-' AND gone.history_date < h.history_date
    )""",
    "m.family_id",
)
# Nothing more is shown once the person turned out to belong elsewhere only.
PERSON_SHOWN_WHEN = """(
    EXISTS (SELECT FROM "people_membership" AS m WHERE m.person_id = h.id AND m.family_id = %(file)s)
    OR NOT EXISTS (SELECT FROM "people_person" AS person WHERE person.id = h.id)
)"""

ADDRESS = "{membership} {street} {house} {flat} {postal_code} {locality}"


def address_text(membership: str, **parts: str) -> str:
    """The address in one line, with the member for an address of one member."""
    line = Address(**parts).line
    return f"{line} ({membership})" if membership else line


# Whom the address is withheld from, now or last: earlier versions stay withheld too.
ADDRESS_WITHHELD_FROM = """coalesce((
    SELECT person.first_name || ' ' || person.last_name FROM "people_historicaladdress" AS version
    JOIN "people_person" AS person ON person.id = version.withheld_from_id
    WHERE version.id = h.id ORDER BY version.history_id DESC LIMIT 1
), '')"""


def register() -> None:
    problems = hide_sensitive("problem", SENSITIVE_PROBLEMS)
    categories = hide_sensitive("category", SENSITIVE_CATEGORIES)
    for table in (
        HistoryTable(Family, (), "{name}"),
        HistoryTable(
            Person, (), "{first_name} {last_name}", file_link=PERSON_FILES, shown_when=PERSON_SHOWN_WHEN
        ),
        HistoryTable(Membership, ("family",), "{person}", FAMILY, name_select_related=("person",)),
        HistoryTable(
            Address,
            ("family", "membership"),
            ADDRESS,
            FAMILY,
            get_name=address_text,
            withheld_from=ADDRESS_WITHHELD_FROM,
        ),
        HistoryTable(Phone, ("family",), "{number}", FAMILY),
        HistoryTable(FamilyProblem, ("family",), "{problem}", FAMILY, hidden_from=problems),
        HistoryTable(FamilyCategory, ("family",), "{category}", FAMILY, hidden_from=categories),
    ):
        HISTORY_TABLES.register(table, order=10)
