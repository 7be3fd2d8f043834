"""The living page of the design: every component drawn from its own template, with made-up content."""
