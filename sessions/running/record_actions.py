"""Actions on what is written about a meeting: its journal and parts, who leads it, its files."""

from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction

from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import delete_with_history, lock_row, save_with_history
from lubsko_ops.core.actions import action
from lubsko_ops.output import file_store
from projects.groups.permissions import leads
from projects.models import GroupLeader
from projects.queries import possible_authors
from sessions.choices import MeetingState
from sessions.models import Meeting, MeetingFile, MeetingLeader, MeetingPart
from sessions.running import rules
from sessions.running.actions import local_now, lock_meeting
from sessions.running.files import discard, make_safe
from sessions.running.queries import keeps_attendance

JOURNAL = "Wpis w dzienniku"
MAX_PARTS, MAX_FILES = 10, 20
ATTENDANCE_SAYS = "O tym, czy spotkanie się odbyło, rozstrzyga obecność. Zaznacz ją."
HAS_ATTENDANCE = "Na tym spotkaniu jest zaznaczona obecność, więc się odbyło. Popraw najpierw ją."


# ---- the journal -------------------------------------------------------------------------------------
@action
def write_journal(
    *,
    meeting: Meeting,
    data: Meeting,
    parts: list[MeetingPart],
    held: bool | None = None,
    version: int | None,
    by: User,
) -> Meeting:
    """Write topic, course, materials, homework, remarks and parts of a meeting.

    ``held``: whether it was held, where no attendance says so; None leaves that as it is. A part with the id of a
    stored one changes it.
    """
    row = lock_meeting(meeting, version, by, stand_ins=True)
    if refusal := rules.record_refusal(row):
        raise ValidationError(refusal)
    row.copy_entered(data)
    if held is not None:
        _set_held(row, held)
    _save_parts(row, parts, by)
    return save_with_history(row, by=by, why=JOURNAL)


def may_mark_held(meeting: Meeting) -> bool:
    """Whether the journal says if the meeting was held: nobody takes part in the group, so there is no attendance."""
    if meeting.attendances.exists():
        return False
    return meeting.state == MeetingState.HELD or not keeps_attendance(meeting.group)


def _set_held(meeting: Meeting, held: bool) -> None:
    if held == (meeting.state == MeetingState.HELD):
        return
    if meeting.attendances.exists():
        raise ValidationError({"held": HAS_ATTENDANCE})
    if held and keeps_attendance(meeting.group):
        raise ValidationError({"held": ATTENDANCE_SAYS})
    if held and (refusal := rules.held_refusal(meeting, now=local_now())):
        raise ValidationError({"held": refusal})
    meeting.state = MeetingState.HELD if held else MeetingState.PLANNED


def _save_parts(meeting: Meeting, parts: list[MeetingPart], by: User) -> None:
    if len(parts) > MAX_PARTS:
        raise ValidationError(f"Najwyżej {MAX_PARTS} części.")
    before = {each.pk: each for each in meeting.parts.all()}
    for pk in before.keys() - {each.pk for each in parts}:
        delete_with_history(before[pk], by=by, why=JOURNAL)
    for position, each in enumerate(parts, start=1):
        part = before.get(each.pk) or MeetingPart(meeting=meeting)
        changed = (
            part.pk is None or part.position != position or part.entered_values() != each.entered_values()
        )
        part.copy_entered(each)
        part.position = position
        if changed:
            save_with_history(part, by=by, why=JOURNAL)


# ---- leaders -----------------------------------------------------------------------------------------
@action
def add_meeting_leader(*, meeting: Meeting, data: MeetingLeader, by: User) -> MeetingLeader:
    """Somebody leads this meeting, beside the leaders of the group or instead of one of them."""
    row = lock_meeting(meeting, None, by)
    if refusal := rules.record_refusal(row):
        raise ValidationError(refusal)
    leader = MeetingLeader(meeting=row)
    leader.copy_entered(data)
    if refusals := leader_refusals(
        leader, list(row.group.leaders.select_related("user")), list(row.leaders.all())
    ):
        raise ValidationError(refusals)
    return save_with_history(leader, by=by, why="Prowadzący tego spotkania")


@action
def remove_meeting_leader(*, leader: MeetingLeader, why: str, version: int | None, by: User) -> None:
    """The leaders of the group lead the meeting again, or one person less does."""
    meeting = lock_meeting(leader.meeting, None, by)
    row = lock_row(MeetingLeader.objects.filter(meeting=meeting), pk=leader.pk, version=version)
    delete_with_history(row, by=by, why=why)


def leader_refusals(
    leader: MeetingLeader, group_leaders: list[GroupLeader], own: list[MeetingLeader]
) -> dict[str, str]:
    """Everything wrong with who is to lead a meeting, by field."""
    day = leader.meeting.starts_on
    if bool(leader.user_id) == bool(leader.name):
        return {"name": "Wybierz pracownika ośrodka albo wpisz osobę spoza niego, jedno z dwojga."}
    if leader.user_id and not possible_authors(day).filter(pk=leader.user_id).exists():
        return {"user": "Ta osoba nie ma tego dnia roli w aplikacji, więc nie może prowadzić spotkania."}
    named = {(each.user_id, each.name.casefold()) for each in own}
    leading = [each for each in group_leaders if each.is_active_on(day)]
    if (leader.user_id, leader.name.casefold()) in named:
        return {_who(leader): "Ta osoba prowadzi już to spotkanie."}
    if leader.user_id and leads(leading, leader.user, on=day):
        return {"user": "Ta osoba prowadzi tę grupę, więc i to spotkanie."}
    if leader.instead_of_id is None:
        return {}
    if leader.instead_of_id not in {each.pk for each in leading}:
        return {"instead_of": "Ta osoba nie prowadzi tej grupy w dniu spotkania."}
    if leader.instead_of_id in {each.instead_of_id for each in own}:
        return {"instead_of": "Za tę osobę jest już zastępstwo. Usuń je najpierw."}
    return {}


def _who(leader: MeetingLeader) -> str:
    return "user" if leader.user_id else "name"


# ---- files -------------------------------------------------------------------------------------------
@action
def add_file(*, meeting: Meeting, title: str, content: bytes, by: User) -> MeetingFile:
    """Keep a file of a meeting, encrypted; its type is that of its content."""
    row = lock_meeting(meeting, None, by, stand_ins=True)
    if refusal := rules.record_refusal(row):
        raise ValidationError(refusal)
    if row.files.count() >= MAX_FILES:
        raise ValidationError(f"Spotkanie ma już {MAX_FILES} plików. Usuń najpierw niepotrzebny.")
    try:
        content_type, safe = make_safe(content)
    except ValidationError as refusal:
        raise ValidationError({"content": refusal.messages}) from refusal
    file = MeetingFile(
        meeting=row,
        title=title,
        content_type=content_type,
        stored_as=uuid4(),
        checksum=file_store.checksum_of(safe),
        size=len(safe),
    )
    save_with_history(file, by=by, why="Nowy plik")
    file_store.write(file.stored_as, safe)
    return file


@action
def remove_file(*, file: MeetingFile, why: str, version: int | None, by: User) -> None:
    """Remove a file; its bytes go after the commit, its history stays."""
    meeting = lock_meeting(file.meeting, None, by, stand_ins=True)
    row = lock_row(MeetingFile.objects.filter(meeting=meeting), pk=file.pk, version=version)
    name = row.stored_as
    delete_with_history(row, by=by, why=why)
    transaction.on_commit(lambda: discard(name))
