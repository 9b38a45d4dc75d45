"""Calls everything that an extension declares: `cargo pyrus fuzz` and `cargo pyrus leaks` run this.

`model` reads the declarations, `values` and `steps` write calls as Python text, `worker` runs them, `shrink` and
`script` make a small program of what breaks something, `leaks` repeats calls and counts.
`prelude` is what their text uses.
"""
