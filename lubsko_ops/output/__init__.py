"""Everything that leaves the application as paper, sheet or drawing.

pdf.py         a template becomes a tagged PDF; the only module that imports weasyprint
typography.py  non-breaking spaces where Polish setting wants them
xlsx.py        tables become a workbook; the only module that imports xlsxwriter
chart.py       small SVG drawings, in a dress for the screen and one for paper
svg.py         the pieces those drawings are made of
download.py    the answer that carries a file: name, headers, nothing kept in between
specimen.py    "Wydruk próbny": one document with everything on it, for the gallery and the tests

All of it is given its content ready: nothing here asks the database, decides a rule or knows a family.
"""
