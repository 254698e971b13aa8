"""Who may work on a folder: a lock that the system holds, on an open file.

It lets go when the process ends, however it ends: a process that was killed never stands in the way
of the next one.

The library filelock 4.3.1 was tried in its place. On a network disk that knows no locks it raises
the error of the system (ENOLCK, ENOTSUP; it falls back on ENOSYS alone), so that this function
would stay around it; it takes 0.16 s to import, of the 0.4 s that a notebook may wait.
"""

from __future__ import annotations

import errno
import os
from typing import IO

TAKEN = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}
NO_LOCKS_THERE = {errno.ENOLCK, errno.ENOTSUP}


def take(file: IO[bytes]) -> bool:
    """Take the lock of an open file until it is closed; tell whether it was free."""
    try:
        if os.name == "nt":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in TAKEN:
            return False
        if error.errno not in NO_LOCKS_THERE:
            raise
        # some network disks know no locks: better to go on than to refuse for a rare accident
    return True
