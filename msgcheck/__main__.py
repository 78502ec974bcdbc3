"""`python -m msgcheck`."""

from msgcheck.cli.main import run

if __name__ == "__main__":
    run()
