"""Form keys, signed and bound to the user a form was rendered for, and the names of the hidden form fields.

A valid key proves that this server rendered the form for that user. A text sent after the session ended can
therefore be kept for its author, and for nobody else, without JavaScript or a cookie.
"""

import hashlib
import json
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.core.signing import BadSignature, Signer

KEY_FIELD = "_key"
VERSION_FIELD = "_version"
DRAFT_BUTTON = "_draft"
TITLE_FIELD = "_title"
ADDRESS_FIELD = "_address"
ADD_ROW, REMOVE_ROW, MOVE_ROW = "_add", "_remove", "_up"
REFRESH = "_refresh"  # render the form again: some fields depend on others
CARRY = "_carry"  # a button that leads to another form takes along what was typed
CONFIRMED_FIELD = "_anyway"  # what the user confirms by saving again, separated by spaces
CONTROL_FIELDS = {
    "csrfmiddlewaretoken",
    KEY_FIELD,
    DRAFT_BUTTON,
    TITLE_FIELD,
    ADDRESS_FIELD,
    ADD_ROW,
    REMOVE_ROW,
    MOVE_ROW,
    REFRESH,
    CARRY,
}
FORM_FIELD = "_form"  # class of the form: the same address may show another form later
MAX_DRAFT_LENGTH = 200_000  # characters of JSON; a plan with thirty rows takes about 20,000

_signer = Signer(salt="lubsko_ops.submissions")


@dataclass(frozen=True)
class FormKey:
    """The key of one rendering of one form."""

    user_id: int
    uuid: UUID

    def __str__(self) -> str:
        return _signer.sign(f"{self.user_id}.{self.uuid.hex}")


def new_key(user) -> FormKey:
    return FormKey(user.pk, uuid4())


def read_key(text: str | None) -> FormKey | None:
    """The key in the signed text; None when it is missing or forged."""
    try:
        user_id, uuid = _signer.unsign(text or "").split(".")
        return FormKey(int(user_id), UUID(uuid))
    except (BadSignature, ValueError):
        return None


def submitted_content(post) -> dict[str, list[str]]:
    """The submitted fields without the control fields (key, buttons, CSRF token)."""
    return {name: values for name, values in sorted(post.lists()) if name not in CONTROL_FIELDS}


def file_marks(files) -> dict[str, list[str]]:
    """Name and checksum of each uploaded file, so that the same form with another file is another content."""
    return {name: [_mark(file) for file in each] for name, each in sorted(files.lists())}


def _mark(file) -> str:
    checksum = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return f"{file.name} {checksum}"


def hash_content(content: dict) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
