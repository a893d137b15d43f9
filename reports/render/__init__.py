"""The dresses of a statement: paper, workbook, plain data. None of them counts anything."""
