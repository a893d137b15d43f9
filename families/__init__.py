"""The family and the work with it: one Django app per noun (people, caseload, plans, visits, …)."""
