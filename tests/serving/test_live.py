"""The state of a served site: one build at a time, and everybody who listens is told."""

from __future__ import annotations

import asyncio
import threading
import time
from pathlib import Path

import pytest

from playbook.serving import live as module
from playbook.serving.live import Live, Outcome

A, B = Path("a"), Path("b")


def test_a_good_build_makes_a_new_version_and_a_failed_one_keeps_the_last():
    outcomes = iter([Outcome(A), Outcome(problems=("no",)), Outcome(B)])

    async def run() -> list[tuple[Path | None, bool]]:
        live = Live(lambda: next(outcomes))
        seen, version = [], live.version
        for _ in range(3):
            await live.rebuild()
            seen.append((live.folder, live.version != version))
            version = live.version
        return seen

    assert asyncio.run(run()) == [(A, True), (A, False), (B, True)]


def test_two_runs_never_share_a_version():
    async def version() -> str:
        live = Live(lambda: Outcome(A))
        await live.rebuild()
        return live.version

    assert asyncio.run(version()) != asyncio.run(version())


def test_one_build_runs_at_a_time():
    running, most = 0, 0
    lock = threading.Lock()

    def build() -> Outcome:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.02)
        with lock:
            running -= 1
        return Outcome(A)

    async def run() -> None:
        live = Live(build)
        await asyncio.gather(*(live.rebuild() for _ in range(5)))

    asyncio.run(run())
    assert most == 1


def test_readers_wait_for_the_first_build_and_for_no_other():
    slow = threading.Event()

    async def run() -> list[bool]:
        live = Live(lambda: Outcome(A) if slow.wait(5) else Outcome())
        building = asyncio.ensure_future(live.rebuild())
        waiting = asyncio.ensure_future(live.begun())
        await asyncio.sleep(0.05)
        seen = [waiting.done()]
        slow.set()
        await building
        await asyncio.wait_for(waiting, 5)
        slow.clear()
        again = asyncio.ensure_future(live.rebuild())
        await asyncio.wait_for(live.begun(), 1)
        seen.append(again.done())
        slow.set()
        await again
        return seen

    assert asyncio.run(run()) == [False, False]


def test_listeners_are_told_at_once_after_each_build_and_let_go_at_the_end():
    async def run() -> list[list[bool]]:
        live = Live(lambda: Outcome(A))

        async def listen() -> list[bool]:
            return [changed async for changed in live.changes()]

        listeners = [asyncio.ensure_future(listen()) for _ in range(2)]
        for _ in range(2):
            await asyncio.sleep(0.02)
            await live.rebuild()
        await asyncio.sleep(0.02)
        live.end()
        return await asyncio.wait_for(asyncio.gather(*listeners), 5)

    assert asyncio.run(run()) == [[True, True, True, True]] * 2


def test_a_listener_that_is_slow_to_be_told_of_one_build_hears_of_the_next():
    async def run() -> bool:
        live = Live(lambda: Outcome(A))
        told = live.changes()
        await anext(told)
        # It has been told of the present, but has not asked for more yet.
        await live.rebuild()
        return await asyncio.wait_for(anext(told), 5)

    assert asyncio.run(run()) is True


def test_silence_is_broken_now_and_then_so_that_listeners_who_left_are_noticed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "SILENCE", 0.01)

    async def run() -> list[bool]:
        heard = []
        async for changed in Live(lambda: Outcome(A)).changes():
            heard.append(changed)
            if len(heard) == 3:
                return heard
        return heard

    assert asyncio.run(run()) == [True, False, False]
