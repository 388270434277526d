"""The report as one HTML file: words, views, templates; nothing is computed here."""
