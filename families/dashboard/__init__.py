"""The families' part of the start page: panels for each role."""
