"""Measuring: every figure of the design's performance table, each beside its limit from the same run."""
