"""A demo centre as written in its folder (README.md says how), for loading on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from devtools.demo.dataset import CENTRES, DemoFamily, read_file, resolve_date
from lubsko_ops.accounts.models import User
from lubsko_ops.core.permissions import Role


@dataclass
class DemoCentre:
    """The files of a centre, each read when it is asked for. ``day``: of loading; ``root``: where its folder is."""

    name: str
    day: date
    root: Path = CENTRES

    @property
    def folder(self) -> Path:
        return self.root / self.name

    def read_optional(self, name: str) -> dict:
        """The content of a TOML file; nothing where the centre has none."""
        path = self.folder / f"{name}.toml"
        return read_file(path) if path.exists() else {}

    def resolve(self, span: str | date) -> date:
        """The day of a span, counted from the day of loading."""
        return resolve_date(self.day, span)

    @cached_property
    def content(self) -> dict:
        """What ``centre.toml`` says."""
        return read_file(self.folder / "centre.toml")

    @property
    def regions(self) -> dict[str, dict]:
        return self.content.get("regions", {})

    @cached_property
    def families(self) -> dict[str, DemoFamily]:
        """The families by key, in the order of the files."""
        files = sorted({*self.folder.glob("families*.toml"), *self.folder.glob("*_families.toml")})
        rows = self._rows(files, "family")
        return {each["key"]: DemoFamily.parse(each) for each in rows}

    @cached_property
    def projects(self) -> list[dict]:
        """The projects as written, in the order of the files."""
        return self._rows(sorted(self.folder.glob("projects*.toml")), "projects")

    def _rows(self, files: Iterable[Path], name: str) -> list[dict]:
        return [row for path in files for row in read_file(path)[name]]

    # ---- staff ---------------------------------------------------------------------------------------
    @property
    def administrator(self) -> str:
        return self._username(Role.ADMIN)

    @property
    def manager(self) -> str:
        return self._username(Role.MANAGER)

    @property
    def locality(self) -> str:
        """Where families live that do not live in a village."""
        return self.content.get("addresses", {}).get("locality") or self.content["centre"]["locality"]

    @property
    def postal_code(self) -> str:
        return self.content.get("addresses", {}).get("postal_code", "")

    def _username(self, role: Role) -> str:
        people = self.content["staff"]["people"]
        return next(each["username"] for each in people if each["role"] == role)

    def staff(self) -> dict[str, User]:
        """The loaded accounts by their names. One statement."""
        return {user.username: user for user in User.objects.all()}


def centre_names(root: Path = CENTRES) -> list[str]:
    """The centres that can be loaded."""
    return sorted(path.parent.name for path in root.glob("*/centre.toml"))
