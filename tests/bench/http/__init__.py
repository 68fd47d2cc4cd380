"""What the service costs beside a bare Flask route, over the network."""

from tests.bench.http.measuring import measure

__all__ = ["measure"]
