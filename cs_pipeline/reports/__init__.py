"""What goes to a meeting: packs from a publication and nothing else, the same in every form."""
