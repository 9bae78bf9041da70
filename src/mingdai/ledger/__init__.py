"""Record: what is appended here is durable, provable and never rewritten.

Entries hold commitments, never values.  A checkpoint is published only after its tiles.
Not promised: that everything that happened was recorded; the gate and the lender's
counter-signature see to that.
"""
