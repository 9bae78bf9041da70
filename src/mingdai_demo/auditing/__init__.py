"""A small world of made-up companies on loopback, and a walk through it for a person to watch."""
