"""How well msgcheck judges, measured on labelled companies; the plain pipeline beside it."""
