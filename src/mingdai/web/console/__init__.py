"""The employees' door: counts, proofs and states for whoever works here, one field at a time.

No page shows a value of a field but the one that reveals it, once, on an assigned ticket.  Who may
do what is decided on the server, by role, on every request.
"""
