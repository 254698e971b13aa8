#!/bin/sh
# What a formula of a spreadsheet gives once read by openpyxl with data_only=True.
#
# Guessed: an empty text that a formula gives (=IF(A1="","",A1), copied down the lines of every sheet
# filled by hand) is read as "", and a formula that nobody has computed as None: the two can be told
# apart, so the second can be refused.
# Seen: both are None. And a formula that XlsxWriter wrote, which nobody has computed either, is 0:
# the 0 stands in the file until a spreadsheet opens it (documented by XlsxWriter, read as a value by
# every reader).
# Our users: a network sends the lines of its own tool, « personnes » being a formula. Read as they
# come, empty lines are refused as uncomputed formulas, and counts that nobody made are published as
# 0. diagalim.sources.tables.sheets looks at the type of the cell and at fullCalcOnLoad of the workbook.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q openpyxl==3.1.5 xlsxwriter==3.2.9
cat > try.py <<'PY'
import re
import zipfile

import openpyxl
import xlsxwriter

print("openpyxl", openpyxl.__version__, "XlsxWriter", xlsxwriter.__version__)

book = openpyxl.Workbook()
book.active["A2"] = "=20+22"
book.active["A3"] = '=IF(B3="","",B3)'
book.save("raw.xlsx")
# what Excel and LibreOffice save for the empty text of A3, A2 being left as it is
with zipfile.ZipFile("raw.xlsx") as raw, zipfile.ZipFile("saved.xlsx", "w") as saved:
    for name in raw.namelist():
        text = raw.read(name)
        if name == "xl/worksheets/sheet1.xml":
            form = rb'<c r="A3"[^>]*>(<f>.*?</f>)<v ?/></c>'
            text, count = re.subn(form, rb'<c r="A3" t="str">\1<v></v></c>', text)
            assert count == 1, text
        saved.writestr(name, text)
page = openpyxl.load_workbook("saved.xlsx", data_only=True).active
print("jamais calculée :", repr(page["A2"].value), "; texte vide :", repr(page["A3"].value))

with xlsxwriter.Workbook("written.xlsx") as book:
    book.add_worksheet().write_formula("A2", "=20+22")
never = openpyxl.load_workbook("written.xlsx", data_only=True).active["A2"].value
print("jamais calculée, écrite par XlsxWriter :", repr(never))

assert page["A2"].value is None and page["A3"].value is None and never == 0
PY
venv/bin/python try.py
