"""Demo lenders and a credit bureau in one small separate process.

They speak to the marketplace over its public API alone.  Every company and person is made up.
"""
