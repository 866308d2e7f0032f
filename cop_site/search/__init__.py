"""Finding: one port, one analyser, engines behind it; knows no other app's rows."""
