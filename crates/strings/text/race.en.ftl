## The race: one page, five ways

tab-race = Race
race-empty = Nothing loads a page here.
race-about = Five runs of the same page over the same network; only the policy differs. Each row is a connection, and all share one clock.
race-lanes = The connections of five policies on one clock. The table below says the same.
race-policy-serial = Serial
race-policy-parallel = Parallel
race-policy-persistent = Persistent
race-policy-parallel-persistent = Parallel + persistent
race-policy-pipelined = Pipelined
race-set-up = Set-up
race-request = Request on its way
race-waiting = Waiting for the answer
race-data = Answer coming in
race-idle = Idle
race-first-paint = First paint
race-complete = Page complete
race-column-policy = Policy
race-column-connections = Connections
race-column-handshakes = Handshakes
race-column-round-trips = Round trips
race-column-octets = Octets
race-column-first-paint = First paint
race-column-total = Complete
race-winner = first
race-failed = { $count } files given up
