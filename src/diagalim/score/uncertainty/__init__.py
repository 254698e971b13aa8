"""How certain are the ranks? Joint draws of data and method, words, intervals, what drives them."""
