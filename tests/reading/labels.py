"""Marks of numbered units, for papers that tests make up."""

LABELS = [
    "Phần I",
    "Chương I",
    "Chương II",
    "Điều 1.",
    "Điều 2.",
    "I-",
    "II-",
    "1.",
    "2.",
    "3.",
    "1.1.",
    "1.2.",
    "a)",
    "b)",
]
