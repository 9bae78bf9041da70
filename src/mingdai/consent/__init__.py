"""Authorise: a grant names one recipient, one purpose, exact fields, the wording and an end."""
