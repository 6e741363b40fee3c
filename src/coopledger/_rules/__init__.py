"""Lifecycle tables, one module per noun: everything that decides a status.

The words of the domain are in docs/reference/glossary.md.
"""
