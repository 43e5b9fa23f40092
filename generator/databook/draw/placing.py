"""Where words go: wrapped to a width, and moved apart until none lies on another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from databook.lettering import wrap as wrap


def spread(
    wanted: Sequence[tuple[float, float]], low: float, high: float, gap: float
) -> tuple[float, ...] | None:
    """Top edges for blocks of (wanted centre, height), in order, none touching; None: no room.

    Blocks that would overlap are pooled and centred together on what they wanted, as in the
    pooling of adjacent violators; so each moves as little as the others allow.
    """
    if sum(height + gap for _, height in wanted) - gap > high - low:
        return None
    pools: list[_Pool] = []
    for index in sorted(range(len(wanted)), key=lambda i: wanted[i][0]):
        block = (wanted[index],)
        pools.append(_Pool(members=(index,), blocks=block, low=low, high=high, gap=gap))
        while len(pools) > 1 and pools[-2].top + pools[-2].height + gap > pools[-1].top:
            last = pools.pop()
            pools.append(pools.pop().joined(last))
    tops = dict(pair for pool in pools for pair in pool.tops())
    return tuple(tops[i] for i in range(len(wanted)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pool:
    """Blocks stacked one under another, each known by its place in the order asked."""

    members: tuple[int, ...]
    blocks: tuple[tuple[float, float], ...]
    low: float
    high: float
    gap: float

    @property
    def height(self) -> float:
        """Of all blocks and the gaps between them."""
        return sum(height for _, height in self.blocks) + self.gap * (len(self.blocks) - 1)

    @property
    def top(self) -> float:
        """Where the stack lies best for all its blocks, within what is allowed."""
        offset, wishes = 0.0, 0.0
        for centre, height in self.blocks:
            wishes += centre - height / 2 - offset
            offset += height + self.gap
        return min(max(wishes / len(self.blocks), self.low), self.high - self.height)

    def joined(self, below: _Pool) -> _Pool:
        """One stack of this and the next."""
        members, blocks = self.members + below.members, self.blocks + below.blocks
        return replace(self, members=members, blocks=blocks)

    def tops(self) -> list[tuple[int, float]]:
        """Each member with its top edge."""
        found, top = [], self.top
        for member, (_, height) in zip(self.members, self.blocks, strict=True):
            found.append((member, top))
            top += height + self.gap
        return found


def rows(spans: Sequence[tuple[float, float]], room: float) -> tuple[int, ...]:
    """A row for each (left, right), so that none within a row come nearer than `room`."""
    ends: list[float] = []
    found = [0] * len(spans)
    for index in sorted(range(len(spans)), key=lambda i: spans[i]):
        left, right = spans[index]
        row = next((r for r, end in enumerate(ends) if end + room <= left), len(ends))
        ends[row:] = [right, *ends[row + 1 :]]
        found[index] = row
    return tuple(found)
