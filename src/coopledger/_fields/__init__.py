"""Readers of the fields and arguments that callers give."""
