"""ZIP packages of the same bytes for the same parts, whenever they are made."""

import zipfile
from io import BytesIO

#: The first moment that ZIP knows.
_WHEN = (1980, 1, 1, 0, 0, 0)


def zipped(members: dict[str, str | bytes], stored: tuple[str, ...] = ()) -> bytes:
    """A package of ``members``, compressed but for those of the names ``stored``."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in members.items():
            how = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            package.writestr(zipfile.ZipInfo(name, _WHEN), content, how)
    return out.getvalue()
