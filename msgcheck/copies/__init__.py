"""Copies of documents in which something was added or put right; the originals are never touched."""
