"""How long Hypothesis waits for a store: a slow one is no bug."""

from hypothesis import HealthCheck, settings

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
