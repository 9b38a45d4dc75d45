"""The command `python -m pyrus.kicad`.

| module | what it does |
|---|---|
| `options` | the command line, and `main` |
| `info`, `fmt`, `check`, `diff`, `render` | a subcommand each: its options, its work on a file, what it prints |
| `sources` | which files are meant, and reading them |
| `failure` | what kept a file from being worked on; exit codes |
| `pool`, `progress` | many files on all cores, and a bar while that lasts |
| `table`, `plain` | results for people and for programs |
"""

from pyrus.kicad.command.options import main

__all__ = ["main"]
