"""A language model asked about passages that the engine is unsure of: only where a person names one.

It is reached over the chat interface that OpenAI made and that Ollama, llama.cpp and vLLM serve too
(https://platform.openai.com/docs/api-reference/chat). What is sent is one approved wording, one passage and what stands
around it. What comes back counts only if it is an answer to that; everything else changes nothing and is told once.
"""
