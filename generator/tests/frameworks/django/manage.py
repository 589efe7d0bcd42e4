"""The commands of Django: `spectacular` writes the description, `migrate` makes the tables, `runserver` serves."""

import os
import sys

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
execute_from_command_line(sys.argv)
