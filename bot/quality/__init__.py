"""Question sets with known answers: read, asked as members ask, counted, drawn, and compared."""
