"""What a declaration may say: sources with their columns and layouts, SQL files as models, claims. Holds none of them."""
