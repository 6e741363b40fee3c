"""Recording: events are validated, encoded and stored together, or not at all."""
