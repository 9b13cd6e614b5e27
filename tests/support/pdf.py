"""Writes small PDF files by hand: lines, rectangles and text at given places."""

import zlib


def to_pdf(
    *contents: str,
    page: str = "",
    extra: dict[str, str] | None = None,
    objects: tuple[bytes, ...] = (),
    trailer: str = "",
) -> bytes:
    """A PDF with one page for each content stream, Helvetica as F1.

    Args:
        contents: content streams, in points from the lower left corner of 400 by 300.
        page: more of the page dictionaries.
        extra: more resources, by kind.
        objects: more objects, numbered from 4.
        trailer: more of the trailer.
    """
    resources = " ".join(f"/{k} << {v} >>" for k, v in (extra or {}).items())
    first = 4 + len(objects)
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(contents)))
    made = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(contents)} /Kids [{kids}] /MediaBox [0 0 400 300] "
        f"/Resources << /Font << /F1 3 0 R >> {resources} >> >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *objects,
    ]
    for n, content in enumerate(contents):
        made.append(
            f"<< /Type /Page /Parent 2 0 R /Contents {first + 2 * n + 1} 0 R {page} >>".encode()
        )
        made.append(stream(content.encode("latin-1")))
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for n, body in enumerate(made, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(made) + 1)
    out += b"".join(b"%010d 00000 n \n" % at for at in offsets)
    out += (
        f"trailer << /Size {len(made) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF"
    ).encode()
    return bytes(out)


def stream(data: bytes, entries: str = "") -> bytes:
    """A compressed stream object."""
    packed = zlib.compress(data)
    return b"<< /Length %d /Filter /FlateDecode %s >>\nstream\n%s\nendstream" % (
        len(packed),
        entries.encode(),
        packed,
    )


def text(x: float, y: float, words: str, size: float = 10) -> str:
    """Words from a place on their base line."""
    return f"BT /F1 {size} Tf {x} {y} Td ({words}) Tj ET\n"


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    """A stroked line."""
    return f"{x0} {y0} m {x1} {y1} l S\n"


def lattice(xs: list[float], ys: list[float]) -> str:
    """All lines of a grid."""
    return "".join(line(x, ys[0], x, ys[-1]) for x in xs) + "".join(
        line(xs[0], y, xs[-1], y) for y in ys
    )
