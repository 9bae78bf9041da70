"""Who: borrowers by keyed index of their number, employees by log-in and second factor, tickets.

No value of a field is kept here, nothing tells whether a number is registered, and no session
holds personal information.
"""
