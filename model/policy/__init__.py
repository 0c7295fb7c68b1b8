"""What was ordered and when: levers declared once, scenarios as dated data, and the months between."""
