"""msgcheck holds collateral against the approved messaging guide and says where it drifts."""

__version__ = "0.1.0"
