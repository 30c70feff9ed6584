"""The commands behind ``catalog``: one module each, arguments in, exit code out. What a command needs it imports when it runs."""
