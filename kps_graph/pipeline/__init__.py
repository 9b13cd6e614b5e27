"""The only composition of the stages: files to a store, files to findings.

It imports none of its modules, so that a worker, which reads documents, starts without the rules
and what they need.
"""
