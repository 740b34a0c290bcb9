"""What readers have now: the addresses they may keep, the answers they were given, and what became of each since."""
