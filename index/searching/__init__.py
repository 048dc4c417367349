"""Passages -> hits: vectors, words, ranking, quotes; knows no files of the corpus."""
