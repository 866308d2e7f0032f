"""The demo network and its mailbox."""
