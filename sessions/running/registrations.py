"""What the running of meetings registers: parts of the page of a group, and files."""

from lubsko_ops.output.file_store import LISTED_FILES
from projects.groups.sections import GROUP_SECTIONS
from sessions.running.files import get_listed_files
from sessions.running.section import MEETINGS_FACTS, MEETINGS_SECTION


def register() -> None:
    GROUP_SECTIONS.register(MEETINGS_SECTION, order=10)
    GROUP_SECTIONS.register(MEETINGS_FACTS, order=10)
    LISTED_FILES.register(get_listed_files)
