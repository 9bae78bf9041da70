"""Signals of attribution, one a file, each a pure function of a `Case`; docs/trace.md#signals.

By design, may accuse: `draws`, `decoys` (both stand on `tails`), `variants`.
For the rank alone: `leaking` (leak model), `overlap` (Γ of hidden traits), `guilt` (published).
"""
