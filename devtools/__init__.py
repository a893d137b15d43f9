"""What ./dev is made of: setting up, starting and stopping. Standard library only, no Django."""
