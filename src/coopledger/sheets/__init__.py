"""Spreadsheets of an office: taken into a ledger, and answers written as CSV and XLSX.

Workbooks need ``pip install "coopledger[sheets]"``; CSV needs nothing.
"""
