"""Lifecycle tables, one module per noun: everything that decides a status."""
