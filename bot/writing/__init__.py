"""Two plain sentences above the quotes, by a language model that nobody believes: only what a quote covers is shown."""
