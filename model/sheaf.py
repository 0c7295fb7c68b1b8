"""A named tuple of columns or constants, bound so that a compiled loop takes it up as one thing.

A loop that is handed a named tuple looks at every column in it, each time it is called: its type, its memory, who else
holds it. With 30 columns and as many constants that takes up to 15 microseconds, which in a small country is a tenth of
the whole run, and every loop is compiled with as many checks. A `Sheaf` is looked at once, when it is bound: compiled
code then reads addresses out of one small array and sees the same named tuple as before.

Beside `compiled.py` the only file which imports numba.
"""

from __future__ import annotations

from functools import cache
from struct import pack
from typing import Any

import numpy as np
from llvmlite import ir
from numba.core import types
from numba.core.datamodel.models import TupleModel
from numba.extending import NativeValue, register_model, typeof_impl, unbox
from numba.np.arrayobj import populate_array
from numba.np.numpy_support import as_dtype, from_dtype


class SheafType(types.NamedTuple):
    """What numba calls a bound named tuple: its fields are read as those of the tuple itself."""

    def __init__(self, kinds: tuple[Any, ...], cls: Any) -> None:
        """Describe a sheaf of fields of these kinds, named as those of `cls`."""
        super().__init__(kinds, cls)
        self.name = f"Sheaf{self.name}"


register_model(SheafType)(TupleModel)


@cache
def _type_for(cls: Any, kinds: tuple[tuple[type, np.dtype[Any]], ...]) -> SheafType:
    """Return the type of a sheaf of such fields; numba asks for it as often as a country is founded."""
    return SheafType(
        tuple(from_dtype(dtype)[::1] if kind is np.ndarray else from_dtype(dtype) for kind, dtype in kinds), cls
    )


class Sheaf:
    """Columns that are written in place and never replaced, or constants, under one address."""

    __slots__ = ("_numba_type_", "_words", "address", "table")

    def __init__(self, table: Any) -> None:
        """Bind a named tuple of one-dimensional arrays without gaps and of numbers of numpy."""
        self.table = table  # keeps the columns in memory
        self._words = np.frombuffer(b"".join(map(_words, table)), np.int64)
        self.address = self._words.ctypes.data
        cls: Any = type(table)
        self._numba_type_ = _type_for(cls, tuple((type(one), one.dtype) for one in table))


def _words(field: Any) -> bytes:
    """Return the two words that stand for a field: where a column begins and its length, or the number itself."""
    if isinstance(field, np.generic):
        return field.tobytes().ljust(16, b"\0")
    if field.ndim != 1 or not field.flags.c_contiguous:
        raise TypeError("Only columns of one dimension and without gaps can be bound.")
    return pack("qq", field.__array_interface__["data"][0], len(field))


@typeof_impl.register(Sheaf)
def _type_of(sheaf: Sheaf, _context: Any) -> SheafType:
    """Tell numba the type of a sheaf where it does not look for `_numba_type_` itself."""
    return sheaf._numba_type_


@unbox(SheafType)
def _unbind(kind: SheafType, sheaf: Any, c: Any) -> NativeValue:
    """Write the machine code that makes the named tuple anew from the words of a sheaf."""
    word = ir.IntType(64)
    address = c.pyapi.object_getattr_string(sheaf, "address")
    words = c.builder.inttoptr(c.pyapi.long_as_longlong(address), word.as_pointer())
    c.pyapi.decref(address)
    values = []
    for place, field in enumerate(kind.types):
        first, second = (c.builder.gep(words, [word(2 * place + offset)]) for offset in (0, 1))
        if isinstance(field, types.Array):
            column = c.context.make_array(field)(c.context, c.builder)
            size = as_dtype(field.dtype).itemsize
            data = c.builder.inttoptr(c.builder.load(first), c.context.get_data_type(field.dtype).as_pointer())
            populate_array(column, data, (c.builder.load(second),), (word(size),), size, meminfo=None)
            values.append(column._getvalue())  # noqa: SLF001  # the name that numba itself has for it
        else:
            number = c.context.get_value_type(field).as_pointer()
            values.append(c.builder.load(c.builder.bitcast(first, number)))
    return NativeValue(c.context.make_tuple(c.builder, kind, values))
