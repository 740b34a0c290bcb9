"""Files as somebody wrote them: pages, what they include, data and settings, each with its lines and columns."""
