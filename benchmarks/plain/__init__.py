"""The same country as a plain Mesa program: households and villages are agents, nothing of theirs is compiled.

What a Mesa user would have written: `Household` and `Village` are `mesa.Agent`s with ordinary attributes, a month is
a sequence of `AgentSet.do`. The scalar rules are those of the engine, read from the same source (`uncompiled.py`);
the State, towns, industry and camps are reckoned by region in the engine too, and are taken from it as they are.
It tells how much faster the engine is, and it is a second opinion on what its loops do.
"""
