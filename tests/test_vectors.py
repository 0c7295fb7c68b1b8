"""The loops over households reckon many at once: an inlining that is lost, or a double among singles, is silent."""

from __future__ import annotations

import platform
import re
from typing import Any

import numba
import numpy as np
import pytest
from numba.core.registry import cpu_target

from model.compiled import CACHE, Crew, loop, rule
from model.country import Country

pytestmark = [
    pytest.mark.skipif(platform.machine().lower() not in {"x86_64", "amd64"}, reason="reads the code of x86"),
    pytest.mark.skipif(CACHE is None or numba.config.DISABLE_JIT, reason="nothing is compiled, or nothing is kept"),
]

# add, multiply, subtract, divide, smaller or larger of packed single-precision numbers, as AVX and AVX-512 write them
INSTRUCTION = re.compile(
    rb"\xc5[\x00-\xff][\x58\x59\x5c-\x5f]|\xc4[\x00-\xff]{2}[\x58\x59\x5c-\x5f]|\x62[\x00-\xff]{3}[\x58\x59\x5c-\x5f]",
    re.DOTALL,
)

EXPECTED = {
    "herds._live": 90, "membership._decide": 90, "people._die_and_bear": 80, "kitchen._ask": 55, "kitchen._eat": 45,
    "barns._procure": 40, "dekulakisation._flee": 35, "dekulakisation._score": 30, "fields._sow": 25,
    "roads._leave": 10, "roads._look": 7, "barns._pay": 7, "barns._conceal": 5, "fields._harvest": 2, "barns._levy": 2,
}  # fmt: skip
"""Packed instructions that each loop has at least: half of what was counted with AVX-512."""


def is_wide(code: bytes) -> bool:
    """Does an instruction work on eight or sixteen singles (VEX with L = 1, EVEX with L'L = 1 or 2, no prefix)?"""
    if code[0] == 0xC5:
        return code[1] & 0x07 == 0x04
    if code[0] == 0xC4:
        return code[1] & 0x1F == 1 and code[2] & 0x07 == 0x04
    return code[1] & 0x07 == 1 and code[2] & 0x07 == 0x04 and code[3] & 0x60 in {0x20, 0x40}


def packed(compiled: Any) -> int:
    """Count the packed instructions in the machine code that a loop's cache keeps."""
    codegen = cpu_target.target_context.codegen()
    found = 0
    for result in compiled.overloads.values():
        kept = compiled._cache._cache_file.load(compiled._cache._index_key(result.signature.args, codegen))
        _, kind, (machine_code, _) = kept[0]
        assert kind == "object"
        found += sum(is_wide(match.group()) for match in INSTRUCTION.finditer(machine_code))
    return found


@pytest.fixture(scope="module")
def loops() -> dict[str, Any]:
    """Every loop that the first four years call."""
    called: dict[str, Any] = {}
    over = Crew.over

    def noted(crew: Crew, villages: int, function: Any, *arguments: Any, small: int | None = None) -> None:
        called[f"{function.py_func.__module__.rsplit('.', 1)[-1]}.{function.__name__}"] = function
        over(crew, villages, function, *arguments, small=small)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Crew, "over", noted)
        country = Country("historical", households=900, seed=1, threads=1)
        for _ in range(40):
            country.step()
    return called


@pytest.mark.parametrize("name", EXPECTED)
def test_households_are_reckoned_many_at_once(loops: dict[str, Any], name: str) -> None:
    assert packed(loops[name]) >= EXPECTED[name]


def test_a_loop_that_asks_one_after_the_other_is_found_out() -> None:
    """The check itself: the same thrift, once each for itself and once each from what the neighbour left."""

    @rule
    def thrift(grain):
        return max(0.0, 0.9 * grain - 2.0) * 0.5

    def each_for_itself(start, stop, barn):
        for home in range(np.uint64(start), np.uint64(stop)):
            barn[home] = thrift(barn[home])

    def one_after_the_other(start, stop, barn):
        left = np.float32(1.0)
        for home in range(np.uint64(start), np.uint64(stop)):
            left = thrift(barn[home] - left)
            barn[home] = left

    counted = []
    for plain in (each_for_itself, one_after_the_other):
        made = loop(plain)
        made(0, 8, np.ones(8, np.float32))
        counted.append(packed(made))
    assert counted[0] > 2
    assert counted[1] == 0
