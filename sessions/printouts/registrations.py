"""What the papers of meetings register: kinds of issued papers, their part of the page of a group."""

from lubsko_ops.output.issued_papers import PAPER_KINDS
from projects.groups.sections import GROUP_SECTIONS
from sessions.printouts.certificates import CERTIFICATE
from sessions.printouts.letters import ABSENCE_LETTER
from sessions.printouts.section import PRINTOUTS_SECTION


def register() -> None:
    GROUP_SECTIONS.register(PRINTOUTS_SECTION, order=80)
    for kind in (CERTIFICATE, ABSENCE_LETTER):
        PAPER_KINDS.register(kind)
