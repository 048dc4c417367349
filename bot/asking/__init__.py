"""Asking in chat: what a question gets within the asker's rights, and all that is offered under an answer."""
