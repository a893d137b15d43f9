"""Polish sentences about schedules, read by a grammar of words and cases and written back. Pure: no Django, no clock.

``reading.read_sentence(text, span=, hours=, count=, today=)`` returns a ``Schedule``, a ``parts.ScheduleQuestion``
with its choices, or a ``parts.NotUnderstood`` with the word; it raises ``ScheduleError`` for what cannot be.
``writer.write_sentence(schedule)`` says a schedule in words that are read as the same meetings.

The way of a sentence: ``tokens`` (dates, hours, words) → ``grammar`` and the modules below it (parts: days, spans,
hours, numbers) → ``years`` (years that are not written) → ``clause`` (which span and which hours belong to which
days) → ``assembly`` (rules) with ``checks`` and ``exceptions``. Nothing is guessed: a part that has no place, or two,
is asked.
"""
