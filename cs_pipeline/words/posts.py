"""Posts of officers, which are kept, and names of persons, which are not."""

import re

A_PERSON = "a person by name"
_WORDS = (
    "a acting administration administrative administrator and antisocial asb assistant behaviour business care chief "
    "communities community coordinator corporate council crime data democratic deputy development director domestic "
    "abuse enforcement environment environmental executive finance food for general governance head health housing "
    "information inspector interim lead leader legal licensing manager member neighbourhood nuisance of officer "
    "officers operations partnership performance planning policy pollution principal private projects protection "
    "public regulatory review risk safety section sector senior service services solicitor standards strategic "
    "strategy support supervisor team teams technical tenancy the to unassigned victim wardens youth "
)
_POSTS = frozenset(_WORDS.split())


def post_or_person(text: str) -> str:
    """The text where every word of it is one that posts are made of; else only that somebody is named."""
    words = re.findall(r"[^\W\d_]+", text.casefold().replace("anti-social", "antisocial"))
    return text if words and all(word in _POSTS for word in words) else A_PERSON
