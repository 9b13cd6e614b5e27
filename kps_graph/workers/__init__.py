"""Processes that work for us and may die: what they may use, how one is kept, a pool of them.

A pool of the standard library is lost when one of its workers is; here only the job that killed its
worker is. Nor does a worker run the script that asked for it again, as those of the library do: a
script, a notebook and standard input can all start them. Nothing here is for one platform alone.
"""
