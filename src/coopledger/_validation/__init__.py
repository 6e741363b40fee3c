"""Checks of an event that asks to be recorded: refusals and warnings.

Each module lists the codes that it gives. The readers of fields (`_fields`, `events`) give E103 to
E106 and E203 when an event is made, and `_recording` gives E107 and W107.
"""
