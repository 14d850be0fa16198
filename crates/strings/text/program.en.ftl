## Programs of socket calls, and the run at real scale

tab-program = Program
program-of = Program of { $node }
program-waits = waits here
program-to-come = to come
program-result = returned { $result }
program-choices = What it could call now
program-busy = The program is inside a call. The next one can only follow when it returns.
program-running = The program has more lines to go.
program-would-return = returns { $result }
program-would-fail = fails: { $result }
program-would-block = waits
program-would-send = sends { $flags }

real-scale = At real scale
real-scale-run = Run it at real scale
real-scale-runs = Computing: { $seconds } s of the run so far.
real-scale-opened = Connections opened
real-scale-refused = Refused: EADDRNOTAVAIL
real-scale-rate = Connections a second, on average
real-scale-held = Most sockets in TIME-WAIT at once
real-scale-segments = Segments
real-scale-took = Computed by the same model in { $seconds } s.
real-scale-graph = Connections opened and refused in each second. The numbers stand above.
real-scale-up = opened
real-scale-down = refused
real-scale-span = each second, { $seconds } s in all
