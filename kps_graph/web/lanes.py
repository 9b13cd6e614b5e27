"""Workers in three lanes, so that what takes long never keeps what is quick waiting.

What a question costs nobody can know before it is asked. One of a shape that was quick the last
time is asked in the quick lane; one of a new shape in a lane of less priority; and one that has
taken longer than a moment goes on in the slow lane, whose workers run when nothing else does. Where
that is full, it is ended and waits for its turn there, until its time is over.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections import Counter, OrderedDict
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

from kps_graph.workers.awaited import Awaited, Priority
from kps_graph.workers.frames import Frame, Say
from kps_graph.workers.limits import Died

__all__ = ["Answer", "Lanes", "TooLong", "shape"]

Job = TypeVar("Job")

#: Seconds of work after which a question is slow.
_MOMENT: Final = 0.1
#: How many times its seconds an answer may take with the time that its reader takes.
_PATIENCE: Final = 10
#: How many shapes are remembered.
_SHAPES: Final = 10_000
_STARTING: Final = 60.0
_VALUES: Final = re.compile(
    r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'|<[^<>\s]*>|\d+|#[^\n]*|\s+', re.DOTALL
)


class TooLong(Exception):
    """The time of a question is over.

    Attributes:
        waited: whether it was still waiting for its turn.
    """

    def __init__(self, waited: bool) -> None:
        super().__init__(waited)
        self.waited = waited


@dataclass(eq=False, slots=True)
class _Lane:
    """Workers of one priority.

    Attributes:
        priority: of its workers.
        most: how many there may be.
        idle: those that have nothing to do.
        busy: how many are at work, or starting.
        waiting: who waits for one, in their order: a client, and what it is told when it may.
        clients: how many each client has at work.
    """

    priority: Priority
    most: int
    idle: list[Awaited[Any]] = field(default_factory=list)
    busy: int = 0
    waiting: list[tuple[str, asyncio.Future[None]]] = field(default_factory=list)
    clients: Counter[str] = field(default_factory=Counter)

    def enter(self, client: str) -> None:
        self.busy += 1
        self.clients[client] += 1

    def leave(self, client: str) -> None:
        """One is done; who waits, and has fewest at work, is next."""
        self.busy -= 1
        self.clients[client] -= 1
        if not self.clients[client]:
            del self.clients[client]
        self.waiting = [turn for turn in self.waiting if not turn[1].done()]
        if self.waiting and self.busy < self.most:
            turn = min(self.waiting, key=lambda turn: self.clients[turn[0]])
            self.waiting.remove(turn)
            self.enter(turn[0])
            turn[1].set_result(None)


class Answer:
    """What a worker says of a question.

    Attributes:
        frame: what came first: WHOLE, FIRST or REFUSED.
        content: its content.
    """

    __slots__ = ("_rest", "content", "frame")

    def __init__(
        self, frame: Frame, content: bytes, rest: AsyncIterator[tuple[Frame, bytes] | Died]
    ) -> None:
        self.frame = frame
        self.content = content
        self._rest = rest

    def rest(self) -> AsyncIterator[tuple[Frame, bytes] | Died]:
        """What comes after FIRST: MORE, and END or REFUSED or a death; it must be closed."""
        return self._rest


class Lanes(Generic[Job]):
    """The workers for one kind of jobs.

    Args:
        function: what they do, which can be sent between processes.
        warm_up: a job that opens what every other needs.
        widths: how many workers there are at most in the quick, the new and the slow lane.
    """

    def __init__(
        self,
        function: Callable[[Job, Say], None],
        warm_up: Job,
        widths: tuple[int, int, int] = (2, 2, 4),
    ) -> None:
        self._function = function
        self._warm_up = warm_up
        quick, new, slow = widths
        self._quick = _Lane(Priority.USUAL, quick)
        self._new = _Lane(Priority.LATER, new)
        self._slow = _Lane(Priority.LAST, slow)
        self._long: OrderedDict[int, bool] = OrderedDict()
        self._closed = False
        self._starting = asyncio.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._spares: set[asyncio.Task[None]] = set()

    @property
    def busy(self) -> dict[str, tuple[int, int]]:
        """How many are at work, and how many questions wait, in each lane."""
        lanes = {"quick": self._quick, "new": self._new, "slow": self._slow}
        return {
            name: (lane.busy, sum(not turn[1].done() for turn in lane.waiting))
            for name, lane in lanes.items()
        }

    async def ready(self) -> None:
        """Starts a worker for what is quick and one for what is new: nobody waits for that."""
        async with self._starting:
            for lane in (self._quick, self._new):
                if not lane.idle and not lane.busy:
                    lane.idle.append(await self._started(lane.priority))

    def close(self) -> None:
        """Ends the workers: those at work when they are done; in any thread."""
        self._closed = True
        if self._loop is None:
            return
        with contextlib.suppress(RuntimeError):  # the loop has ended, and the workers with it
            self._loop.call_soon_threadsafe(self._stop_idle)

    def _stop_idle(self) -> None:
        for lane in (self._quick, self._new, self._slow):
            while lane.idle:
                lane.idle.pop().stop()

    async def asked(self, job: Job, known_as: int, client: str, seconds: float) -> Answer | Died:
        """The answer to a job, as far as it has come; or what became of its worker.

        Args:
            job: for the worker.
            known_as: the shape of the question.
            client: who asks.
            seconds: how long the answer may take from now on.

        Raises:
            TooLong: if it takes longer.
        """
        now = asyncio.get_running_loop().time
        end = now() + seconds
        while True:
            lane = self._lane(known_as)
            await self._turn(lane, client, end)
            if lane is not self._lane(known_as):  # another of its shape was slow meanwhile
                lane.leave(client)
                continue
            worker = await self._worker(lane, client)
            try:
                idle = worker.worked
                worker.give(job)
                try:
                    said = await self._soon(worker, lane, idle, end)
                except TimeoutError:
                    if now() >= end:
                        raise TooLong(waited=False) from None
                    self._remember(known_as, True)
                    if self._slow.busy >= self._slow.most:
                        # nothing of it was said yet: it may be asked again
                        worker.stop()
                        self._left(lane, worker, client)
                        continue
                    lane = self._moved(lane, worker, client)
                    try:
                        said = await worker.said(end)
                    except TimeoutError:
                        raise TooLong(waited=False) from None
            except BaseException:
                worker.stop()
                self._left(lane, worker, client)
                raise
            if not isinstance(said, Died) and said[0] is Frame.FIRST:
                return Answer(*said, self._rest(lane, worker, client, known_as, end))
            if lane is not self._slow or worker.worked - idle < _MOMENT:
                self._remember(known_as, False)
            self._left(lane, worker, client)
            return said if isinstance(said, Died) else Answer(*said, _nothing())

    async def _soon(
        self, worker: Awaited[Any], lane: _Lane, idle: float, end: float
    ) -> tuple[Frame, bytes] | Died:
        """What a worker says first, unless it works for longer than its lane is for.

        Raises:
            TimeoutError: then, and at the end of all time.
        """
        now = asyncio.get_running_loop().time
        while True:
            try:
                return await worker.said(end if lane is self._slow else min(end, now() + _MOMENT))
            except TimeoutError:
                # on a busy machine a worker may have had no processor yet
                if now() >= end or worker.worked - idle >= _MOMENT / 2:
                    raise

    async def _rest(
        self, lane: _Lane, worker: Awaited[Any], client: str, known_as: int, end: float
    ) -> AsyncIterator[tuple[Frame, bytes] | Died]:
        """What a worker says after the first part; only its own time counts."""
        now = asyncio.get_running_loop().time
        last = now() + _PATIENCE * max(1.0, end - now())
        moment = now() + _MOMENT
        whole = False
        try:
            while True:
                if lane is not self._slow and now() > moment:
                    self._remember(known_as, True)
                    lane = self._moved(lane, worker, client)
                said = await worker.said(min(end, last))
                taken = now()
                yield said
                if isinstance(said, Died) or said[0] is not Frame.MORE:
                    whole = True
                    return
                end += now() - taken
        except TimeoutError:
            raise TooLong(waited=False) from None
        finally:
            if not whole:
                worker.stop()
            self._left(lane, worker, client)

    # -- lanes -----------------------------------------------------------------------------

    def _lane(self, known_as: int) -> _Lane:
        slow = self._long.get(known_as)
        if slow is None:
            return self._new
        return self._slow if slow else self._quick

    def _remember(self, known_as: int, slow: bool) -> None:
        self._long[known_as] = slow
        self._long.move_to_end(known_as)
        if len(self._long) > _SHAPES:
            self._long.popitem(last=False)

    async def _turn(self, lane: _Lane, client: str, end: float) -> None:
        """Waits until it is the client's turn in a lane.

        Raises:
            TooLong: if it is not by then.
        """
        if lane.busy < lane.most and not lane.waiting:
            lane.enter(client)
        else:
            turn = asyncio.get_running_loop().create_future()
            lane.waiting.append((client, turn))
            try:
                async with asyncio.timeout_at(end):
                    await turn
            except BaseException as error:
                if turn.done() and not turn.cancelled():
                    lane.leave(client)
                turn.cancel()
                if isinstance(error, TimeoutError):
                    raise TooLong(waited=True) from None
                raise

    async def _worker(self, lane: _Lane, client: str) -> Awaited[Any]:
        """A worker of a lane for the client whose turn it is."""
        while lane.idle:
            if not (worker := lane.idle.pop()).gone:
                return worker
            worker.stop()
        try:
            return await self._started(lane.priority)
        except BaseException:
            lane.leave(client)
            raise

    def _moved(self, lane: _Lane, worker: Awaited[Any], client: str) -> _Lane:
        """The slow lane, to which a worker is moved with what it does; another takes its place."""
        worker.yield_to_others(self._slow.priority)
        self._slow.enter(client)
        lane.leave(client)
        self._replace(lane)
        return self._slow

    def _left(self, lane: _Lane, worker: Awaited[Any], client: str) -> None:
        """A worker has done its job, or is lost."""
        lane.leave(client)
        if not worker.alive:
            self._replace(lane)
        elif self._closed or len(lane.idle) >= lane.most:
            worker.stop()
        else:
            lane.idle.append(worker)

    def _replace(self, lane: _Lane) -> None:
        """Starts a worker for a lane that has none to spare."""
        if not self._closed and not lane.idle and lane is not self._slow:
            spare = asyncio.get_running_loop().create_task(self._spare(lane))
            self._spares.add(spare)
            spare.add_done_callback(self._spares.discard)

    async def _spare(self, lane: _Lane) -> None:
        worker = await self._started(lane.priority)
        if self._closed or len(lane.idle) + lane.busy >= lane.most:
            worker.stop()
        else:
            lane.idle.append(worker)

    async def _started(self, priority: Priority) -> Awaited[Any]:
        self._loop = asyncio.get_running_loop()
        worker: Awaited[Any] = await Awaited.start(self._function)
        if priority is not Priority.USUAL:
            worker.yield_to_others(priority)
        worker.give(self._warm_up)
        until = asyncio.get_running_loop().time() + _STARTING
        for _ in range(2):  # it has started, and warmed up
            said = await worker.said(until)
            if isinstance(said, Died):
                worker.stop()
                raise RuntimeError(f"a worker cannot be started: {said.reason}")
        return worker


async def _nothing() -> AsyncIterator[Any]:
    return
    yield


def shape(text: str) -> int:
    """What a question is known as: its words, whatever texts, IRIs and numbers are between them."""
    return hash(_VALUES.sub(" ", text))
