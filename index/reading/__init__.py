"""From a file to a directive: readers give lines, the form of the paper its fields and sections."""
