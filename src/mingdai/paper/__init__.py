"""What reports are written with: markup that escapes, one page that asks nothing, a drawing pen.

Knows no room; a report's words and shapes are its own.
"""
