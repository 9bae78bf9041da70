"""Keep: fields sealed under a key per borrower; only `opening` opens them, only the gate asks it.

A dump of the database alone shows no field and no key.  Keys live in `MINGDAI_KEYS`, the
environment or a key service (`wrapping`), and never leave this room.
"""
