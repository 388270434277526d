"""One thing that a cell needs."""

from msgspec import Struct

from checker.model import Need


class Want(Struct, frozen=True):
    """A need, and the words that end "it needs …".

    `never` is true for what no environment has: a notebook's shell, a program other than Python. `hosts` are
    the literal addresses of a service, `name:port` or `name`; `library` is the package whose client is used.
    """

    need: Need
    words: str
    never: bool = False
    hosts: tuple[str, ...] = ()
    library: str = ""
