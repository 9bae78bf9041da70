"""One class per partner API family; only the gate's deliveries may import them."""

from typing import Final

from mingdai.partners.adapters.answers import Adapter
from mingdai.partners.adapters.credit_agency import CreditAgencyAdapter
from mingdai.partners.adapters.lender_page import LenderPageAdapter
from mingdai.partners.adapters.native import NativeAdapter

ADAPTERS: Final[list[type[Adapter]]] = [NativeAdapter, CreditAgencyAdapter, LenderPageAdapter]
