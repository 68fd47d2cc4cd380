"""Texts that may be something else."""


class PlainText(str):
    """A scalar written without quotes. Whether `no` or `12` is a text, a flag or a number is for its place to say."""

    __slots__ = ()
