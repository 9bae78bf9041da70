"""Choose: offers at their true cost, compared with no account and no personal information."""
