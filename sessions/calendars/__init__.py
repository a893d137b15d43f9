"""The own calendar of a user, and meetings in the calendars of other programs."""
