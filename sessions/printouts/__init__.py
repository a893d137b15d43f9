"""Papers of meetings: lists of attendance, schedules, the journal of classes, certificates, letters about absences."""
