"""The Reconciliation API 0.2 of the W3C community group: which thing a cell of a table means."""

from kps_graph.web.reconcile.rooms import routes

__all__ = ["routes"]
