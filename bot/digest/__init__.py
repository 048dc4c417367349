"""The weekly digest: what is new and what falls due, to everybody once, and nobody missed.

What it tells: `papers`, `changes`, `concerning` and `duties/` go into `material`, that into `content`, `wording` and
`edition`. When and to whom: `schedule`, `timetable`, `recipients`, then `claiming`, `clockwork` and `ledger`. In chat:
`reader` and `office`, joined in `rooms`; on the page: `desk` with `previewing` and `sheets`. `telling`, `readership`
and `partly` word and cut for both.
"""
