#!/usr/bin/env python
"""Django's entry point. Day to day use ./dev (see README)."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lubsko_ops.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
