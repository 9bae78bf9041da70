"""The door for operators and verifiers: `mingdai <verb> <noun>`."""
