"""The families' part of the start page: each role sees first what waits for it."""
