"""Checks of an event that asks to be recorded: refusals and warnings."""
