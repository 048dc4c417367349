"""Who the members are, how an account becomes theirs, and what each may see."""
