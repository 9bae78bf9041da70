"""Read found lists and worlds of any spelling into DuckDB tables of text."""
