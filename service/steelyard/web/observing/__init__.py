"""What can be seen of the service from outside: a line for each request, metrics, and traces."""

from steelyard.web.observing.log import REQUESTS, log_exchange, log_reload
from steelyard.web.observing.metrics import Metrics
from steelyard.web.observing.tracing import tell_span, traced

__all__ = ["REQUESTS", "Metrics", "log_exchange", "log_reload", "tell_span", "traced"]
