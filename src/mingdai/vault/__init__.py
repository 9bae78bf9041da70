"""Keep: every field value is sealed under its borrower's own key; only `opening` reads one."""
