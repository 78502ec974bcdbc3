"""Text as language: sentences, grammar, vectors and facts. Knows documents, and nothing of the guide or the rules."""
