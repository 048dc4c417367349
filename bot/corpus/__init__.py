"""Files into the corpus, and the corpus into the library; one build at a time."""
