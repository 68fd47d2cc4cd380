"""Many requests in one body: read as they come, answered one by one, each as it would be alone."""

from steelyard.web.batching.answering import Batch
from steelyard.web.batching.array import read_array
from steelyard.web.batching.forms import as_array, as_lines
from steelyard.web.batching.inflow import Inflow
from steelyard.web.batching.lines import items_of_lines

__all__ = ["Batch", "Inflow", "as_array", "as_lines", "items_of_lines", "read_array"]
