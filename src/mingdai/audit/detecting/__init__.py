"""Find a planted identity in recorded traffic, however it was spelled, hashed, packed or nested.

Pure: bytes in, findings out; no clock, no file, no framework.  A finding carries the decode steps
with their byte spans, so that `replaying` can show it again without searching.  Not promised: what
is encrypted with a key we do not hold stays unread and is listed as opaque.
"""
