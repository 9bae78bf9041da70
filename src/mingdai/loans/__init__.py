"""Follow: an application from its disclosure to its decision, drawdown, plan and drift."""
