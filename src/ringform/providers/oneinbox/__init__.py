"""OneInbox: phone numbers and the agents that answer them."""
