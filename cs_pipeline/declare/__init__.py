"""What a declaration may say: sources with columns and layouts, SQL files as models, claims. Holds none of them."""
