"""From facts and dated definitions to figures: what is counted, known and issued, and where a number comes from."""
