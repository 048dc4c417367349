"""Vietnamese itself: its letters, document numbers and dates; knows no directive."""
