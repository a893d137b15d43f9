"""Documents and drawings.

pdf.py           a template as a tagged PDF; the only module that imports weasyprint
typography.py    Polish non-breaking spaces
xlsx.py          tables as a workbook; the only module that imports xlsxwriter
chart.py         small SVG charts for the screen and for print
svg.py           SVG elements of the charts
download.py      the HTTP response for a file
print_sample.py  the sample document ("Wydruk próbny") for the gallery and the tests

Everything here gets its content from the caller: no queries, no business rules.
"""
