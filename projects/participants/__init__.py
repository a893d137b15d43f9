"""Participants of an edition: enrolment, criteria, waiting list, consents, papers."""
