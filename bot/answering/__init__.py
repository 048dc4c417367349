"""From a person's turn to a worded answer: pure functions over what the library gives."""
