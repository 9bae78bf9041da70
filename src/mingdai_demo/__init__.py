"""Seeds the demo world and its stories; imported by nothing."""
