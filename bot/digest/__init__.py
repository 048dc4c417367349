"""The weekly digest: what is new and what falls due, to everybody once, and nobody missed."""
