"""`make leak-demo`: a demo lender leaks and the product says whose copy it was; or nobody does."""
