"""Read recorded or documented lead-exchange calls and name their defects, each one shown."""
