"""The door for lenders: versioned REST, problem details, webhooks in."""
