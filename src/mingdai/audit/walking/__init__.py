"""Walk a loan flow as a person would, in the open: what was done and why is said at every step."""
