"""The finished build -> files in the site."""
