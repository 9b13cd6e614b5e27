"""The rows of a query as Arrow or Parquet, written while they come; the home of pyarrow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO, Final

from kps_graph.errors import MissingExtra, ResourceError
from kps_graph.formats import ResultFormat
from kps_graph.store.kinds import kind_of
from kps_graph.store.rows import Term
from kps_graph.words import Sentence

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["COLUMNAR", "write_columnar"]

#: The formats that are written here.
COLUMNAR: Final = (ResultFormat.ARROW, ResultFormat.PARQUET)


def write_columnar(
    columns: Sequence[str],
    parts: Iterable[Sequence[tuple[Term | None, ...]]],
    format: ResultFormat,
    out: BinaryIO,
) -> None:
    """Writes rows as they come, no more than one part of them in memory.

    A column holds whole numbers, numbers, truth values or texts, as its values in the first part
    say; where that part has none, what its name says, or else texts.

    Raises:
        MissingExtra: if pyarrow is not installed.
        ResourceError: if a later part has a value of another kind than the first ones.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as parquet
    except ImportError as error:
        raise MissingExtra(
            "Arrow and Parquet need pyarrow", hint=Sentence("pip install 'kps-graph[arrow]'")
        ) from error
    rest = iter(parts)
    first = next(rest, [])
    kinds = [
        kind_of([t.python() for row in first if (t := row[n])], column)
        for n, column in enumerate(columns)
    ]
    arrow = {int: pa.int64(), float: pa.float64(), bool: pa.bool_(), str: pa.string()}
    schema = pa.schema([(c, arrow[kind]) for c, kind in zip(columns, kinds, strict=True)])
    writing = (
        parquet.ParquetWriter(out, schema)
        if format is ResultFormat.PARQUET
        else pa.ipc.new_file(out, schema)
    )
    with writing as writer:
        for part in chain([first], rest):
            writer.write_table(_table(columns, kinds, part, schema))


def _table(
    columns: Sequence[str],
    kinds: Sequence[type],
    rows: Sequence[tuple[Term | None, ...]],
    schema: pa.Schema,
) -> pa.Table:
    import pyarrow as pa

    arrays = []
    for n, (column, kind) in enumerate(zip(columns, kinds, strict=True)):
        found = (
            None if (t := row[n]) is None else (t.value if kind is str else t.python())
            for row in rows
        )
        values = [float(v) if kind is float and type(v) is int else v for v in found]
        for value in values:
            if value is not None and type(value) is not kind:
                raise ResourceError(
                    "the column {name} holds {value} after values of another kind",
                    name=column,
                    value=repr(value),
                    hint=Sentence("make texts of it with STR(), or use --format csv"),
                )
        arrays.append(pa.array(values, schema.field(n).type))
    return pa.Table.from_arrays(arrays, schema=schema)
