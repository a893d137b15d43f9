"""Which installed apps are this project's own: the one definition for privacy classes and the sweep tests."""

from pathlib import Path

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import models


def get_own_app_configs() -> list[AppConfig]:
    """Installed apps whose code lies inside the repository (but not in its virtual environment)."""
    root = Path(settings.BASE_DIR)
    inside = [each for each in apps.get_app_configs() if Path(each.path).is_relative_to(root)]
    return [each for each in inside if ".venv" not in Path(each.path).relative_to(root).parts]


def get_own_models(*, history: bool = False) -> list[type[models.Model]]:
    """Models of the project's own apps; ``history``: with the tables of their history as well."""
    found = [model for config in get_own_app_configs() for model in config.get_models()]
    return [each for each in found if history or not each.__name__.startswith("Historical")]
