"""What whoever runs or embeds the service may choose."""

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How the service behaves. What is not said here is the safe choice.

    Attributes:
        reload_seconds: how often files are looked at for a change, above 0; 0 for never, so that only a signal reloads.
        max_body_bytes: the largest body of a request that is read.
        log_requirements: whether the log of requests tells what each of them required.
        masked_needs: needs whose answers the log never tells.
    """

    reload_seconds: float = 1.0
    max_body_bytes: int = MEBIBYTE
    log_requirements: bool = False
    masked_needs: tuple[str, ...] = ()
