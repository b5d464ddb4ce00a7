"""Community safety figures a council can defend; README.md tells how a file becomes one."""

import os

# Where lxml is installed, as python-docx has it, openpyxl would write other bytes, and would read a stranger's workbook
# without defusedxml, which refuses entities.
os.environ.setdefault("OPENPYXL_LXML", "False")
