"""What a lender's engineer uses: API client, opening a sealed application, verifying a receipt.

An application is opened only together with its ledger leaf: without a valid receipt there is
no plain text.
"""
