"""Helpers of the tests."""


def nearly(a, b):
    return abs(a - b) < 1e-9
