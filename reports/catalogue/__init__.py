"""The figures of the reports, one module for each table."""
