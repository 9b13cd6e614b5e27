"""Competency-based courses (職能導向課程): the tables of a designer, held against a standard.

A course is read from the table that people already make, whatever its format: a workbook, a CSV
file, or the official report as a document. What is not understood is a finding at its cell.
"""
