"""One file for each source: its columns, layouts, owner and dates, as data. A new file here is a new source."""
