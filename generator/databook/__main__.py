"""`python -m databook`."""

from databook.cli import main

if __name__ == "__main__":
    main()
