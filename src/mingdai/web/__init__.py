"""The doors for people: the borrower's phone pages and the console."""
