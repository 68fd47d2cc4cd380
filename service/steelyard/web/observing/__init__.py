"""What can be seen of the service from outside: a line for each request, and metrics."""

from steelyard.web.observing.log import REQUESTS, log_exchange, log_reload
from steelyard.web.observing.metrics import Metrics

__all__ = ["REQUESTS", "Metrics", "log_exchange", "log_reload"]
