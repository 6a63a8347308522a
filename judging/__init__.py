"""Evidence into standing: standings, publications of the board, and what judges add to them."""
