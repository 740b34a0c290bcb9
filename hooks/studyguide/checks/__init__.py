"""The built site and its registry -> problems; one module per family of rules."""
