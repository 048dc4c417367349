"""The duties that directives give: which of them administrators have confirmed, and the deciding on them."""
