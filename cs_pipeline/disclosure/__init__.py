"""What may be shown to the public of figures about people, and proof that nothing else follows from it.

`policy` says what is small, `told` what a publication tells and has told, `equations` what adds up to what; `engine`
chooses what to hide and attacks the rest, knowing nothing of figures; `protection` puts them together, `copy` makes the
warehouse that public packs are made from, and `register` keeps what went out.
"""
