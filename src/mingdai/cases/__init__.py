"""Prove: a found list inside a case, compared once with everybody's copies, and what came of it.

A list is accepted only here, kept sealed until a stated day, never exported.  Its attribution is
one bulk read that two people stand behind; who is named sees it and may answer.
"""
