"""Proofs anyone can check: Merkle tree, tiles, notes, checkpoints, witnesses, receipts, packs.

Everything here works offline with the standard library and `cryptography`; nothing here knows
the marketplace.  Not promised: that a log shown to you is the one shown to others; that needs
a witness (see `mingdai_proofs.witnessing`).
"""
