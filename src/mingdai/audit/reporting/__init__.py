"""Report: turn an evidence folder, and nothing else, into a page and a PDF for a regulator.

Planted values are masked; pictures are as taken.  The same folder gives the same bytes.
"""
