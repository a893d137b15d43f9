"""The figures of the reports, by table: what is counted, under what name, from which rows, on what basis."""
