"""Those who decide: the State, eighteen regions, their towns, and households as handles on their rows."""
