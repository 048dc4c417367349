"""One file for each way that messages come and go."""
