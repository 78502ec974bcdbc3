"""From what a team has to the guide that a check needs: starting one, drafting one, linting and testing one.

Works on a guide that `msgcheck.guide` has loaded, or on text that is to become one; neither checks nor readers know it.
"""
