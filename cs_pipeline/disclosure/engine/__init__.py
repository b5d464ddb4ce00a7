"""Which counts of people a paper may print, so that nobody can work out or narrow down a small one.

`suppress` chooses what to hide; `audit` knows nothing of that choice and attacks what is left. The attacker knows every
number that is shown or public, every equation, that counts are whole and not negative, and that a count which stands
hidden alone must be a small one.

Not modelled: an attacker who knows how `suppress` chooses, runs it on every possible table and rules out those for
which it would have hidden other cells (a minimality attack). Nor is anything here said of who the people counted are.
"""
