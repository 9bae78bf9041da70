"""Observe: prove from outside where a planted identity went, to whom, and whether before consent.

The room looks at traffic only; it cannot reach the gate, the vault or the consents, so that what
it finds owes nothing to what the platform believes about itself.
"""
