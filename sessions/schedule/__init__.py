"""Schedules of group meetings: rules, single meetings, exceptions, holidays. Pure: no Django, no clock.

``schedule.Schedule``: ``meetings(window)`` is the list of its meetings, ``totals(window)`` their number and hours,
``notes(window)`` what the rules leave out, ``with_holidays(policy)`` the same with holidays skipped or moved.
``rules``: what a schedule is made of. ``patterns``: on which days. ``hours.TimeSlot``: when on the day, how long,
where.
``storage``: to JSON and back. ``recurrence``: RRULE of RFC 5545, out and in. ``school_breaks``: a dictionary with
dates.
Whatever cannot be raises ``hours.ScheduleError`` with a plain Polish sentence.
"""
