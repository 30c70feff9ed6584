"""``python -m generator`` is ``catalog``."""

from generator.cli import run

if __name__ == "__main__":
    run()
