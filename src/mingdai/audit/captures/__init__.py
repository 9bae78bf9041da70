"""Read recorded traffic as requests, one at a time, whatever the file's format."""
