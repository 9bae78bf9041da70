"""The report of a judged list: one page and one PDF in two languages, from the result alone.

Promises: no value of any borrower, never "X leaked", and every number with its inputs.
"""
