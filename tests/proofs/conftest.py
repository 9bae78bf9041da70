"""Properties here are about correctness; a busy machine must not fail them."""

from hypothesis import settings

settings.register_profile("proofs", deadline=None)
settings.load_profile("proofs")
