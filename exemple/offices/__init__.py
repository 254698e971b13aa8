"""What each office would publish of them, in its own form, tidy or odd."""
