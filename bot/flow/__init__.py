"""What stands between channels and answers: messages are stored, answered once, and sent; nothing is lost."""
