"""Where every target of the guide is, and references led there, once all pages are known."""
