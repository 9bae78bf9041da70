"""Prove: a complaint or a leak, its number and its reason, and what was found."""
