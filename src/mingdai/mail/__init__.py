"""The door for mail: aliases receive here, and what arrives is judged before anybody reads it."""
