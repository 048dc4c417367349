"""What administrators do from chat, one file for each kind of task."""
