"""Agents: what a ruleset takes as the parameters of a function, and a server of the Model Context Protocol.

Importing it imports nothing of the protocol's SDK, which is an extra; `agents.running` and what it runs do.
"""

from steelyard.agents.functions import Function, function_of
from steelyard.agents.served import Served

__all__ = ["Function", "Served", "function_of"]
