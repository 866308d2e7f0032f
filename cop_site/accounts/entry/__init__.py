"""How people come in: invitations, and what everybody agrees to before they write."""
