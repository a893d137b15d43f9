"""Documents and drawings.

documents.py     HTML or rows as the response of a view; its content is made after the commit
rendering.py     the process in which that content is made, and how many threads may wait for it
pdf.py           HTML as a tagged PDF; the only module that imports weasyprint
typography.py    Polish non-breaking spaces
xlsx.py          tables as a workbook; the only module that imports xlsxwriter
issued_papers.py papers kept as issued: content fixed by an action, bytes rendered once afterwards
file_store.py    the encrypted files, by UUID
chart.py         small SVG charts for the screen and for print
svg.py           SVG elements of the charts
print_sample.py  the sample document ("Wydruk próbny") for the gallery and the tests

Everything here gets its content from the caller: no business rules, and no queries but those of issued papers.
"""
