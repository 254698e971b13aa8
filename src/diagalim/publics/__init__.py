"""What the networks of food aid count of those they receive, and why it is never added up."""
