"""What is allowed: one pure rule per file; the gate uses them to prevent, the auditor to detect."""
