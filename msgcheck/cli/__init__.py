"""The door to the street: one module a command, which parses, calls, prints and returns the exit code.

Nothing heavy is imported before a command that needs it runs: `--help`, `--version`, `explain` and `rules` start
at once.
"""
