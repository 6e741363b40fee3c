"""Answers kept from before: the only room that knows of them."""
