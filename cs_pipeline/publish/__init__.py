"""From a finished build to a file that people open: the gate, the copy, the switch, and the way back."""
