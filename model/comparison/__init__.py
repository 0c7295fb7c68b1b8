"""What a decision did: scenarios beside a baseline under the same luck, and shares of policies in what happened."""

from model.comparison.attribution import Attribution, Inquiry, attribute
from model.comparison.contest import Contest, Wish, hold

__all__ = ["Attribution", "Contest", "Inquiry", "Wish", "attribute", "hold"]
