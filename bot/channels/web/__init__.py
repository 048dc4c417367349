"""The chat in a browser: pages, a stream of replies, the originals, and what platforms and monitors call over HTTP."""
