"""`python -m checker` is `coursecheck`."""

from checker.cli.main import main

if __name__ == "__main__":
    main()
