"""The own apps of the project: installed, with their code in the repository and outside virtual environments."""

from pathlib import Path

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import models


def get_own_app_configs() -> list[AppConfig]:
    root = Path(settings.BASE_DIR)
    inside = [each for each in apps.get_app_configs() if Path(each.path).is_relative_to(root)]
    return [each for each in inside if "site-packages" not in Path(each.path).relative_to(root).parts]


def get_own_packages() -> list[str]:
    """Top-level packages of the own apps, sorted."""
    return sorted({each.name.partition(".")[0] for each in get_own_app_configs()})


def get_own_models(*, history: bool = False) -> list[type[models.Model]]:
    """Models of the own apps; ``history``: with their history tables."""
    own = [model for config in get_own_app_configs() for model in config.get_models()]
    return [each for each in own if history or not each.__name__.startswith("Historical")]
