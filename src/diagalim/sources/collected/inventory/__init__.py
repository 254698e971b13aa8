"""What do four tools say of the places of food aid? Their files, read into one form."""
