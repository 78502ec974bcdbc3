"""What reports cost: bytes, seconds and memory, and how soon the one for people can be read."""
