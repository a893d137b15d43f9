"""The Django project: settings and the base apps that all other apps build on."""
