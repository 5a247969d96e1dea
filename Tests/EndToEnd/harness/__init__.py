"""What the end-to-end tests stand on: a server, a camera, browsers, and clients of our own."""
