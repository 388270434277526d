"""What a scanner raises when the site's parser would refuse the text it reads."""


class RefusedError(Exception):
    """The text cannot be MDX.

    `offset` says where in the scanned string, `str()` why, and `remedy` what to write instead, where that is
    not the same for all that is wrong there.
    """

    def __init__(self, offset: int, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.offset = offset
        self.remedy = remedy
