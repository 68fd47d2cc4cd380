"""Steelyard measured beside other engines, on the same rules and the same requests: `make bench`."""
