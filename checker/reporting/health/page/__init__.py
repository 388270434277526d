"""The report as one HTML file: words, views, templates; drawn here, computed elsewhere."""
