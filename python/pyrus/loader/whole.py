"""Libraries that were cut short, as by a full disk or a broken copy: loading one ends the process."""

import os


def require_whole(path: str, name: str) -> None:
    """Raise `ImportError` when an extension's file was cut short."""
    if not is_whole(path):
        text = f"{path} was cut short, and loading it would end the process: build {name} again"
        raise ImportError(text, name=name, path=path)


def is_whole(path: str) -> bool:
    """Whether a library has all that its header says; true for formats other than ELF.

    The table of sections is the last thing in the file. Positions are those of the ELF specification's Elf64_Ehdr and
    Elf32_Ehdr (e_shoff, e_shentsize, e_shnum).
    """
    with open(path, "rb") as file:
        head = file.read(64)
    if not head.startswith(b"\x7fELF"):
        return True
    if len(head) < 64:
        return False
    wide, little = head[4] == 2, head[5] == 1

    def number(place: int, size: int) -> int:
        return int.from_bytes(head[place : place + size], "little" if little else "big")

    start = number(0x28, 8) if wide else number(0x20, 4)
    size, count = (number(0x3A, 2), number(0x3C, 2)) if wide else (number(0x2E, 2), number(0x30, 2))
    return os.stat(path).st_size >= start + size * count
