"""Many requests at once, over arrays. It needs NumPy, and for tables and files pyarrow: the extra `batch`."""

from steelyard.batch.block import RowFault
from steelyard.batch.result import Batch
from steelyard.batch.running import Runner, Wanted, recommend_many

__all__ = ["Batch", "RowFault", "Runner", "Wanted", "recommend_many"]
