"""The command `cs`: each family of verbs is one file that parses, calls and prints. What is done is elsewhere."""
