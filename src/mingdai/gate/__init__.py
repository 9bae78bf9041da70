"""Disclose: the one door.  No grant, no ticket and not the person's own view: no bytes."""
