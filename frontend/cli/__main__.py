"""`python -m frontend.cli`: the same as `gelanggang`, for those who have the interpreter but no script on the path."""

from frontend.cli.frame import main

if __name__ == "__main__":
    main()
