"""The error of a scanner for text that the site's parser would refuse."""


class RefusedError(Exception):
    """The text cannot be MDX.

    `offset` is the position in the scanned string, `str()` the reason, and `remedy` what to write instead,
    where it depends on the error.
    """

    def __init__(self, offset: int, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.offset = offset
        self.remedy = remedy
