"""Relative risk score by IRIS: values, composite, status, reading."""
