"""Write findings for machines (JSON Lines, SARIF) and for people (table, HTML)."""
