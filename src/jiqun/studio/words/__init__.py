"""The texts of the page, by what one does there."""
