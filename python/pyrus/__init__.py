"""The Rust to Python binding layer that cannot drift.

Native modules live in submodules, such as `pyrus.graph`; nothing is loaded before it is asked for. `pyrus.loader`
builds extensions on import, and `pyrus.rebuild(module)` builds one again in a running session.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pyrus._lists import MutableList as MutableList
    from pyrus.loader.reload import rebuild as rebuild

__all__ = ["MutableList", "rebuild"]


def __getattr__(name: str) -> object:
    # Every package with an extension imports this one: nothing may cost time that is not asked for.
    if name == "MutableList":
        from pyrus._lists import MutableList

        return MutableList
    if name == "rebuild":
        from pyrus.loader.reload import rebuild

        return rebuild
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
