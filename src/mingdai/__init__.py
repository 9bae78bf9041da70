"""A loan marketplace in which personal information is read through one door that writes it down."""
