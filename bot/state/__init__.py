"""What the bot keeps, in one database (SQLite, or PostgreSQL by URL).

`tables` draws it, `database` opens it; every other file holds the queries of one noun, as functions over a connection,
so that several of them can share one transaction.
"""
