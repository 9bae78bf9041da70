"""Attribute: say whose copy turned up, with an honest error rate.

Overlap ranks; only evidence whose null is known by design accuses.
"""
