"""One thing that a cell needs."""

from msgspec import Struct

from checker.model import Need


class Want(Struct, frozen=True):
    """A need, and the words that end "it needs …".

    `never` is true for what no environment has: a notebook's shell, a program beside Python. `hosts` are the
    addresses of a service, `name:port` or `name`, as far as they are written out, and `library` is the
    package whose client talks to it.
    """

    need: Need
    words: str
    never: bool = False
    hosts: tuple[str, ...] = ()
    library: str = ""
