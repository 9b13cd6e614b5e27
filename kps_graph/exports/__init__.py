"""What leaves the house: graphs for other tools, and pictures for people."""
