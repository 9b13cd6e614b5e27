"""What each page of the explorer asks of a store: functions from a store and a frame to HTML.

They know of no server: the handlers of :mod:`kps_graph.web.pages` and the static site call them.
"""
