"""What the operating system says of files, as sentences of ours."""

from __future__ import annotations

import errno
from types import MappingProxyType
from typing import Final

from kps_graph.words.language import Language
from kps_graph.words.sentence import Bilingual, Sentence

__all__ = ["reason", "system_reason"]

_REASONS: Final = MappingProxyType(
    {
        errno.ENOENT: Sentence("No such file or directory"),
        errno.EACCES: Sentence("Permission denied"),
        errno.EPERM: Sentence("Operation not permitted"),
        errno.EISDIR: Sentence("Is a directory"),
        errno.ENOTDIR: Sentence("Not a directory"),
        errno.EEXIST: Sentence("File exists"),
        errno.EROFS: Sentence("Read-only file system"),
        errno.EFBIG: Sentence("File too large"),
        getattr(errno, "EDQUOT", errno.ENOSPC): Sentence("Disk quota exceeded"),
        errno.ENOSPC: Sentence("No space left on device"),
        errno.ENAMETOOLONG: Sentence("File name too long"),
        errno.ELOOP: Sentence("Too many levels of symbolic links"),
        errno.EMFILE: Sentence("Too many open files"),
        errno.EIO: Sentence("Input/output error"),
        errno.EBUSY: Sentence("Device or resource busy"),
        errno.EINVAL: Sentence("Invalid argument"),
        errno.ECONNREFUSED: Sentence("Connection refused"),
        errno.ECONNRESET: Sentence("Connection reset by peer"),
        errno.EHOSTUNREACH: Sentence("No route to host"),
        errno.ENETUNREACH: Sentence("Network is unreachable"),
    }
)

#: What has no number of its own.
_OTHERS: Final = (
    Sentence("Name or service not known"),
    Sentence("Temporary failure in name resolution"),
    Sentence("certificate verify failed"),
    Sentence("Server disconnected without sending a response"),
)
_UNKNOWN: Final = Sentence("a fault without a known cause")


def reason(error: OSError) -> Sentence:
    """Why the system could not do it; in its own words where it is none that we know."""
    return _REASONS.get(error.errno or 0) or Sentence(error.strerror or str(error))


def system_reason(text: str) -> Sentence | Bilingual:
    """The system's reason within what a library says of it; in general where there is none."""
    known = (s for s in (*_REASONS.values(), *_OTHERS) if str(s) in text)
    return next(known, None) or Bilingual(_UNKNOWN.in_words(Language.CHINESE), text)
