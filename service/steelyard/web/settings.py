"""What whoever runs or embeds the service may choose."""

from dataclasses import dataclass, field
from pathlib import Path

from steelyard.web.guarding.cors import demand_origin
from steelyard.web.guarding.limits import rate_of

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How the service behaves. What is not said here is the safe choice.

    Attributes:
        reload_seconds: how often files are looked at for a change, above 0; 0 for never, so that only a signal reloads.
        max_body_bytes: the largest body of a request that is read.
        max_batch_bytes: the largest body of a batch that is read; a stream is read as it comes, up to this as well.
        max_batch_items: the most requests in one batch.
        log_requirements: whether the log of requests tells what each of them required.
        masked_needs: needs whose answers neither the log nor the decision log tells.
        api_keys_file: the file of the keys that clients have to show; anybody may ask if there is none.
        rate_per_key: how often the holder of one key may ask, such as `100/minute`; without limit if None.
        rate_per_address: the same for one address.
        trusted_proxies: how many proxies before the service name the address that they were asked from.
        cors_origins: the origins whose pages may ask from a browser, or `*` for any; none if empty.
        decision_log: where decisions are kept: `sqlite:///path`, `postgresql://...` or `ndjson:path`; nowhere if None.
        decision_log_days: after how many days a kept decision is deleted; never if None.
    """

    reload_seconds: float = 1.0
    max_body_bytes: int = MEBIBYTE
    max_batch_bytes: int = 64 * MEBIBYTE
    max_batch_items: int = 100_000
    log_requirements: bool = False
    masked_needs: tuple[str, ...] = ()
    api_keys_file: Path | None = None
    rate_per_key: str | None = None
    rate_per_address: str | None = None
    trusted_proxies: int = 0
    cors_origins: tuple[str, ...] = ()
    # It may hold a password.
    decision_log: str | None = field(default=None, repr=False)
    decision_log_days: int | None = None

    def __post_init__(self) -> None:
        """Refuses what means nothing, before anything is served by it.

        Raises:
            ValueError: a rate or an origin is not written as they are, or a rate for each key is of no use.
        """
        for rate in filter(None, (self.rate_per_key, self.rate_per_address)):
            rate_of(rate)
        for origin in self.cors_origins:
            demand_origin(origin)
        if self.rate_per_key and self.api_keys_file is None:
            raise ValueError("a rate for each key means nothing without a file of keys")
