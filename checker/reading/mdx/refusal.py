"""What a scanner raises when the site's parser would refuse the text it reads."""


class RefusedError(Exception):
    """The text cannot be MDX: `offset` says where in the scanned string, `str()` why and what to write."""

    def __init__(self, offset: int, message: str) -> None:
        super().__init__(message)
        self.offset = offset
