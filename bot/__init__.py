"""The chat application: people ask in a channel, the library's own words answer.

It imports from `index` only the package face. Rooms import downwards: ``app`` and ``commands`` see everything,
``router`` sees ``answering``, a channel sees only ``messages`` and ``texts``.
"""
