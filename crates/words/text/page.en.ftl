### The page: buttons, dialogs, story, notices.

## Page layout

skip = Skip to the story
tools = Tools
language = Language
bench = Bench
dock = Playback and time
story = Story
tabs = Views
broken = This page cannot be opened: { $problem }
live-step = Step { $step } of { $steps }.
inspector = Details
inspector-close = Clear the selection

## Sections of the book

section-4-1 = TCP connections
section-0 = Before the connection
section-4-2 = TCP performance
section-4-3 = HTTP connection handling
section-4-4 = Parallel connections
section-4-5 = Persistent connections
section-4-6 = Pipelined connections
section-4-7 = The mysteries of closing
figure = Fig. { $number }

## Views

tab-stage = Stage
tab-ladder = Ladder
tab-packets = Packets
tab-headers = Headers
tab-state = State
tab-sockets = Sockets
tab-graphs = Graphs
tab-cache = Cache
tab-race = Race
tab-tuples = Four values
tab-ports = Ports
tab-terminal = Terminal
tab-pieces = Pieces
tab-window = Round trips
tab-page = Page
tab-waits = Waits
tab-buffers = Buffers
tab-requests = Requests
tab-time = Time
tab-queue = Queue
tab-console = Console
tab-program = Program
view-follows = follows the lesson
view-follow = follow the lesson
view-follow-help = Each step shows the view that carries it. A view picked by hand stays until you press this.

## Commands

key-space = Space
command-next-step = Next step
    .tip = Next step
    .help = Goes to the next step.
command-previous-step = Previous step
    .tip = Previous step
    .help = Goes back one step.
command-play-pause = Play
    .tip = Play or pause
    .help = Plays or pauses. Playing stops at every step.
command-lesson-map = Lessons
    .tip = All lessons
    .help = Opens the chapter’s sections and lessons.
command-undo = Undo
    .tip = Take back the last change
    .help = Takes back the last change: a knob, a request, an edit of the scenario, what was broken.
command-redo = Redo
    .tip = Make the change again
    .help = Makes the change again that was taken back last.
command-playground = Playground
    .tip = Change this lesson’s scenario yourself
    .help = Opens the scenario for editing.
command-share = Into slides
    .tip = Make a link, slide code or QR code
    .help = Makes a link and code for slides.
command-theme = Theme
    .tip = Switch between light and dark
    .help = Switches between light and dark.
command-keyboard = Keyboard
    .tip = Keyboard help
    .help = Opens this help.
command-first-step = Start
    .tip = First step
    .help = Goes to the first step.
command-last-step = End
    .tip = Last step
    .help = Goes to the last step.
command-next-segment = Next segment
    .tip = One segment forward
    .help = Goes forward by one segment.
command-previous-segment = Previous segment
    .tip = One segment back
    .help = Goes back by one segment.
command-reset = Start over
    .tip = Undo every change and start over
    .help = Undoes every change and starts over.
command-answer = Answer
    .tip = Choose this answer
    .help = Chooses the answer with that number.
command-full-screen = Full screen
    .tip = Full screen
    .help = Turns full screen on or off.
command-note = About this model
    .tip = What is modelled and what is left out
    .help = Says what is modelled and what is left out.
command-language = Language
    .tip = Switch language
    .help = Switches between Korean and English.
command-close = Close
    .tip = Close
    .help = Closes what is open, or clears the selection.
keyboard-letters = Use single-letter keys
keyboard-letters-help = Turn them off if they clash with voice input or a screen reader. Arrows and Space keep working.
play-through = Play through all steps
play-through-help = Play rests at each step long enough to read it, then goes on. It still stops at a question.

## Story

story-step = Lesson { $lesson } · Step { $step } / { $steps }
story-next = Next
story-next-hidden = Choose an answer and the next is shown
story-next-lesson = Next lesson
first-visit = Every packet here is computed, live. → goes on.
story-back = Back to the step
story-chapter-done = The chapter is done
closing = What you can explain now
closing-real = What real systems do, and what is simpler here
closing-chapter = That was the last lesson. You have seen the chapter’s connections opened, used and closed; the playground is yours now.
question = Question
story-absent = Does not happen with these settings
question-right = Right.
question-wrong = Not quite.
question-shown = The answer:
question-show = Show me

## Knobs

what-if = What if
what-if-change = Change
what-if-close = Done
knobs = Settings
knobs-title = What if — runs again at once
knobs-reset = Reset
unit-octets = { $count } bytes
request-refused = Line { $line }: { $problem } The problem shows at character { $column }. The answer is { $status } ({ $clause }).

## Challenge

challenge = Challenge
challenge-done = Challenge solved
challenge-solved = Solved. Feel free to keep turning the knobs.
challenge-hint = Hint
challenge-solution = Solution
challenge-show-solution = Run with these settings
measure-ok = reached
measure-not-ok = not reached

## The note on the model

note-modelled = Modelled
note-simplified = Simplified
note-left-out = Left out
note-changed = Changed since the book (2002)

## Run at real scale

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

## Playback

transport-play = Play
transport-pause = Pause
scrubber = Time
scrubber-value = { $time }, step { $step } of { $steps }: { $title }
scrubber-idle = { $span } without any event, shortened
speed = Speed
speed-help = How fast time passes on the screen. Idle stretches are shortened.
speed-ratio = 1 s on screen = { $span }

## Breaking things

break = Break things
break-lose = Lose this segment
break-delay = Delay it by { $amount }
how-much-break-delay = By how much it is delayed
break-duplicate = Duplicate it
break-corrupt = Corrupt it
break-reset = Forge a RST
break-reset-guessed = Forge a RST with a guessed number
break-crash = Crash now
break-restart = Restart now
break-stop-reading = Stop reading
break-read-again = Read again
break-lossy = Lose { $amount } from now on
how-much-break-lossy = How much of it is lost
break-heal = Lose no more
break-go = Go to this moment
break-close = close() now
break-shutdown = shutdown() now
break-abort = abort() now
break-pull = Pull the cable now
break-put-back = Put the cable back now
break-done = Changes
break-done-count = What was done to the run: { $count }
break-part = Break what is edited
break-at = Break things at { $time }
break-hint = Choose a host or a link on the stage, or a segment or socket in any view: what can be done to it stands here or beside it.
break-no-connection = No connection runs over this link now.
break-take-back = Undo: { $what }
break-replaced = Scenario edited by hand
changed-run = You changed this run:
changed-story = The story below tells the unchanged one.
changed-undo = Undo
break-did-lose = { $from } → { $to }: segment { $nth } lost
break-did-delay = { $from } → { $to }: segment { $nth } delayed
break-did-duplicate = { $from } → { $to }: segment { $nth } duplicated
break-did-corrupt = { $from } → { $to }: segment { $nth } corrupted
break-did-packet = { $time } packet { $nth }: { $what }
break-did-lossy = { $time } { $from } – { $to }: loses { $amount }
break-did-heal = { $time } { $from } – { $to }: loses no more
break-did-other = { $from } → { $to }: link changed
break-did-call = { $time } { $node }: { $call }
break-did-pull = { $time } { $from } – { $to }: cable out
break-did-put-back = { $time } { $from } – { $to }: cable back

## Playground

playground = Playground
playground-lead = A scenario is the data of one run. Change it, run it, and the picture follows.
playground-scenario = Scenario (JSON)
playground-run = Run
playground-open = Open a file
playground-restore = Back to the lesson’s scenario
playground-back = Back to the lesson
export = Export
export-text = Text
export-json = JSON
export-pcapng = pcapng
export-scenario = Scenario

## Lesson map

lesson-map-lead = Run the figures of chapter 4 of “HTTP: The Definitive Guide” yourself. Every number on the page comes out of the simulation.
lesson-progress = { $done } / { $steps } steps
section-progress = { $done } of { $lessons } lessons
progress-stays = Progress stays in this browser.
progress-save = Save progress
progress-open = Open saved progress
progress-unreadable = This file holds no progress. What you have done so far is untouched.
search = Find a lesson
search-hint = Find by term: slow start, TIME-WAIT …
search-found = Lessons found: { $count }
search-none = No lesson speaks of that.

## Share

share-target = For
share-target-page = HTML page
share-note-reveal = The deck’s next key walks the steps and then goes on. The speaker’s view keeps in step in the same browser; other browsers and private windows do not hear each other.
share-note-slidev = Each step is a click. Once for the deck: put this file into its folder components/.
share-note-marp = The next key walks the steps, in the presenter’s window too. The script stands once in the deck; build it with --html.
share-note-page = In a page that does not scroll the arrow keys walk the steps. The script stands once in the page; without it the lesson has its own arrows.
share-preview = The slide as it will be
share-view = The code shows
share-hero = The step’s picture
share-question = Ask the step’s question, for a vote
share-clear = The slide’s own ground shows through
share-contrast = Stronger colours for a projector
share-stage = Stage
share-ladder = Ladder
share-theme = Theme
theme-light = Light
theme-dark = Dark
share-step = Start at this step
share-link = Link
share-copy-link = Copy link
share-code = Paste this
share-copy-code = Copy code
share-qr = QR code
one-file = This page is one file on a disk: it needs no network and no server. It has no service worker and is not updated by itself, its links lead to this file only, and a strict Content-Security-Policy does not apply to it.
share-too-long = The scenario is too long for a link, so the links here lead to the lesson without it. Save it as a file: the playground opens it.
share-scenario = Save the scenario
share-qr-too-long = The link is too long for a QR code.
copied = Copied
pictures = Pictures and text
pictures-step = This step
pictures-all = All steps
pictures-print = Pages to print
pictures-ladder = The ladder, to paste into notes
pictures-text = Text
pictures-headers = The message heads at each hop
pictures-making = Step { $step } of { $steps } …
pictures-failed = This browser could not draw the picture.

## Notices

notice-dismiss = Dismiss
notices = Notices
notice-bad-value = The link’s { $parameter } cannot be “{ $value }”; the default is used.
notice-out-of-range = The link’s { $parameter } “{ $value }” is out of range; the nearest value is used.
notice-no-such-lesson = There is no lesson “{ $value }”; the first one is shown.
notice-bad-scenario = The link’s scenario cannot be run; the lesson’s own is shown.
notice-not-fetched = The words in the other language could not be fetched. Connect to the network and choose the language again.
notice-unreadable = The link’s { $parameter } cannot be read and was left out.
notice-no-version = The link has no version (v=2), so it may be an older one. It is read as a current link.
notice-other-version = The link’s version { $parameter }={ $value } is unknown; it is read as v=2.
embed-not-understood = This request is not one of those that an embedded lesson knows, or a value in it is not possible.
embed-no-picture = This view cannot be given as a picture file.

## Two runs compared

compare = A and B
compare-lead = Two runs on one clock: what differs between their scenarios, and what came of it.
compare-both = Both runs
compare-keep = Keep as A and compare
compare-defaults = Compare with the defaults
compare-edit = Edit the scenario
compare-changed = Changed in B
compare-recorded = A is the recording of a run on real sockets, B the simulation of the same scenario. Both are on one clock. Sockets do not tell of segments, and loopback has no distance.
compare-captured = A is the capture, B what the model makes of the same messages. Both are on one clock; where they part, real stacks, programs or links did something else than the model.
compare-same = Nothing is changed yet. Edit the scenario: the changed run is B.
compare-more = and { $count } more
compare-outcome = Came of it
compare-difference = Difference
compare-never = never
compare-absent = none
compare-there = there
compare-on = on
compare-off = off
compare-list = { $count } in the list
compare-scenario = Scenario
compare-request = { $request } answered after
compare-go = To the moment where the two part
compare-swap = Swap A and B
compare-link = Link with both
compare-link-model = Link with B
compare-stop = Stop comparing
compare-clock = One clock for both
compare-ladders = Ladders
compare-stages = Stages
compare-table = Table
compare-run = Run { $run }
compare-details = Details in { $run }
compare-kept = kept
compare-current = current
compare-recording = recording
compare-capture = capture
compare-over = ended
measure-time = Time in all
measure-first-paint = First paint
measure-round-trips = Round trips
measure-connections = Connections
measure-segments = Segments
measure-octets = Octets sent
measure-octets-discarded = Octets thrown away
measure-segments-lost = Segments lost
measure-resets = RST
measure-failed-requests = Failed requests

## Building

presets = Presets
preset-blank = A blank start
presets-lessons = Lessons
presets-proxies = Real proxies
scenario-save = Save scenario
host-add = Add
host-add-proxy = Add a proxy between { $a } and { $b }
host-add-here = Add a proxy here
host-exchanges = { $node } and { $with } have changed places.
host-move-left = { $node }: move to the left
short-host-move-left = To the left
host-move-right = { $node }: move to the right
short-host-move-right = To the right
host-remove = { $node }: remove
short-host-remove = Remove
host-connects = { $node } now connects to { $to }.
host-unused = Nobody connects to { $node } yet: choose it in the form of a client or proxy.
host-switched = All hosts are now linked to { $switch }.
host-looks-up = { $node } now looks up names at { $at }.
host-address-from = { $node } now gets its address from { $from }.
host-drops = { $count ->
    [one] One intervention that named it is gone too.
   *[other] { $count } interventions that named it are gone too.
}
host-too-many = There is room for { $most }.
host-nobody-connects = Nobody connects over this link, so no proxy can stand on it.
host-is-needed = It cannot be removed: { $by } connects to it. Let it connect elsewhere first.
host-is-last = There is no place on that side.
host-no-such = There is no such host.
host-unsound = The scenario would not be sound ({ $field }).
own-scenario = My scenario
file-too-large = The file is larger than 1 MB, and a scenario is not: it was not opened.
file-unreadable = The file cannot be read as text: it was not opened.

## Console

console-interrupt = Interrupt
console-nodes = Whose console
console-of = Calls of { $node }
console-nobody = No host here runs a program.
console-hint = Enter makes the call at the cursor’s time; the run goes on from there. ↑ ↓ history · Tab completes. Sockets of the application are reached by their number: they do not block.
console-after = after { $span }
console-blocked = blocked for { $span }
console-to-come = its turn has not come
console-busy = blocked in { $call }: interrupt it, or let time pass until it returns.
console-down = This host has no power. Restart it first.

## Display filter

filter = Filter
filter-count = { $some } of { $of }
filter-nothing = No packet passes this filter.
filter-too-long = At most { $most } characters.
filter-too-deep = Place { $at }: too many parentheses within each other.
filter-no-such-field = Place { $at }: there is no field { $field }. The list has all fields.
filter-expects-field = Place { $at }: a field is expected, such as tcp.port.
filter-expects-number = Place { $at }: a number is expected.
filter-expects-text = Place { $at }: a text is expected, such as "/a".
filter-expects-at-most = Place { $at }: a number up to { $most } is expected.
filter-expects-address = Place { $at }: an address or a network is expected, such as 10.0.0.1 or 10.0.0.0/8.
filter-expects-seconds = Place { $at }: seconds are expected, such as 0.25.
filter-nothing-to-compare = Place { $at }: a packet has { $field } or not; there is nothing to compare. Write { $field } alone.
filter-only-wireshark = Place { $at }: Wireshark knows { $field } here, this filter does not.
filter-unclosed = Place { $at }: a parenthesis or brace is missing.
filter-unquoted = Place { $at }: the closing quotation mark is missing.
filter-expects-and-or = Place { $at }: and, or, or the end is expected.

## Captures

capture = Capture
capture-open = Open a capture
capture-stays = pcap or pcapng, from tcpdump or Wireshark. The file stays in this browser.
capture-reading = Reading { $name }
capture-cancel = Cancel
capture-shown = { $segments } of { $packets } packets are shown.
capture-left-out = Left out
capture-left-not-ip = { $packets } that are not IP
capture-left-not-tcp = { $packets } that are IP, but not TCP
capture-left-fragment = { $packets } fragments
capture-left-cut = { $packets } of which only the beginning was captured
capture-left-damaged = { $packets } with headers that contradict themselves
capture-left-link-type = { $packets } from a kind of link that is not read here
capture-left-again = { $packets } seen before on another interface
capture-left-host = { $packets } of hosts that are not shown
capture-hosts = Hosts that are not shown: { $hosts }
capture-broken = The file breaks off at octet { $octet }. What comes before it is shown.
capture-estimated = A capture is taken at one place. When a segment left one end and reached the other is estimated: half of a round trip, as the handshakes show it.
capture-measured = Times are those of the capture: nothing in it tells how far away the hosts are.
capture-not-run = It is shown, not run: nothing in it can be changed, and a link does not hold it. What the programs did, and why, is not in the capture.
recording = Recording
recording-shown = { $entries } entries of { $connections } connections on real sockets.
recording-knows = It has what the programs know of their sockets: calls, octets, messages, what they decided. Segments and ACKs belong to the kernel and are not in it: an arrow of the ladder leads from the call that wrote octets to the call that read them, and states are shown as far as calls tell them.
recording-not-run = It is shown, not run: nothing in it can be changed, and a link does not hold it.
recording-run-how = The scenario of the recording, in the simulation: with segments, and with the distances that it names. The recording stays beside it as A.
capture-run-title = In the model
capture-run-how = The same messages, with the pauses and the distance that the capture shows, between hosts of the model, whose TCP is as much like that of the capture as its segments tell. Losses and the rate of the link are not taken over. The capture stays beside them as A.
capture-run-stand-ins = { $count ->
    [one] One message is too long to be written as text: other octets of the same number stand for its body.
   *[other] { $count } messages are too long to be written as text: other octets of the same number stand for their bodies.
}
capture-run-repeated = { $count ->
    [one] One answer differs from an earlier one for the same path; the model gives the earlier one again.
   *[other] { $count } answers differ from an earlier one for the same path; the model gives the earlier one again.
}
capture-run-dumb = { $node } passes every field on, as a dumb proxy does.
capture-run-smart = { $node } rewrites heads as “{ $forwarding }” does.
capture-run = Run this in the model
capture-run-not-no-request = The capture has no HTTP request, so there is nothing to run in the model.
capture-run-not-no-handshake = A connection was open before the capture began: how it was opened is missing, so it cannot be run in the model.
capture-run-not-not-http = A connection carries something else than HTTP/1 (TLS, say), so the capture cannot be run in the model.
capture-run-not-incomplete = A request has no whole answer in the capture, so it cannot be run in the model.
capture-run-not-proxy = A host passes requests on, and in no way that a proxy of the model does, so the capture cannot be run in the model. Open the part between two hosts.
capture-run-not-clients = More than { $most } connections carry requests at the same time: too many for the model.
capture-run-not-too-much = The capture has more than a scenario may have. Save a part of it in Wireshark.
recording-close = Close the recording
capture-close = Close the capture
capture-unreadable = The browser cannot read this file.
capture-too-long = Files of up to { $most } MB are opened. Save a part of it in Wireshark, with a filter such as “http”.
capture-too-many-packets = Files of up to { $most } packets are opened. Save a part of it in Wireshark, with a filter such as “http”.
capture-too-many-connections = Files of up to { $most } connections are opened. Save a part of it in Wireshark, with a filter such as “http”.
capture-no-segments = None of its { $packets } packets is a whole TCP segment.
capture-not-capture = This is not a pcap or pcapng file.
capture-damaged = The file is damaged at octet { $octet }, before its first segment.
