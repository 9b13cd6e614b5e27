"""Oxigraph itself: a query evaluated, in this process or in a worker that may be ended.

A worker imports nothing of kps-graph but this and :mod:`kps_graph.workers`, so that it starts fast.
"""
