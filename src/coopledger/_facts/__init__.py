"""Visible facts, found by name, in the order in which they count."""
