"""Govern: the legal entities we deal with, their licences, keys and adapters."""
