"""What really left the browser, read from Chromium's own net log: the completeness check."""
