"""What networks send back, and what people said when listened to."""
