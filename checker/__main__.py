"""Makes `python -m checker` the same as `coursecheck`."""

from checker.cli.main import main

if __name__ == "__main__":
    main()
