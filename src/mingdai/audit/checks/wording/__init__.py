"""Read Chinese consent texts: who is named, who is meant, what is said of passing data on."""
