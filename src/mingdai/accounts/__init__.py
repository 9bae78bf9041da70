"""Who: borrowers, staff and their tickets; no value of a person's field is kept here."""
