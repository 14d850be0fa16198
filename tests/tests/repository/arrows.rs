//! Which package and which module may use which other.

/// The packages that each package may use outside its tests.
pub const PACKAGE_ARROWS: &[(&str, &[&str])] = &[
    ("playground-core", &[]),
    ("playground-capture", &["core"]),
    ("playground-lessons", &["core"]),
    ("playground-editor", &["core", "lessons"]),
    ("playground-playback", &["core"]),
    ("playground-words", &["core", "lessons", "playback"]),
    ("playground-drawing", &["core", "lessons", "playback", "words"]),
    ("playground-notation", &["core", "lessons", "playback", "words"]),
    ("playground-stills", &["core", "drawing", "lessons", "playback", "words"]),
    ("playground-web", &["core", "capture", "drawing", "editor", "lessons", "notation", "playback", "words"]),
    (
        "socket-playground",
        &["core", "capture", "drawing", "lessons", "notation", "playback", "stills", "words"],
    ),
    ("playground-tests", &["core", "capture", "lessons", "playback"]),
    ("playground-site", &["drawing", "lessons", "stills"]),
    ("xtask", &[]),
];

/// The modules that each module of the core may use. TCP does not know HTTP
/// and HTTP does not know TCP; neither knows who uses it.
pub const MODULE_ARROWS: &[(&str, &[&str])] = &[
    ("problem", &[]),
    ("rule", &[]),
    ("rng", &[]),
    ("time", &["rule"]),
    ("timeline", &["time"]),
    ("wire", &["rule", "time"]),
    ("tcp", &["rng", "rule", "time", "timeline", "wire"]),
    ("http", &["rule", "time"]),
    ("dns", &[]),
    ("tls", &["rng"]),
    ("dhcp", &[]),
    ("event", &["http", "rule", "tcp", "time", "tls", "wire"]),
    ("node", &["dhcp", "dns", "event", "http", "problem", "rng", "rule", "tcp", "time", "tls", "wire"]),
    ("scenario", &["event", "http", "node", "problem", "rng", "rule", "tcp", "time", "wire"]),
    (
        "trace",
        &[
            "dhcp", "dns", "event", "http", "node", "problem", "rng", "rule", "scenario", "tcp", "time",
            "wire",
        ],
    ),
    (
        "sim",
        &["event", "http", "node", "rng", "rule", "scenario", "tcp", "time", "timeline", "trace", "wire"],
    ),
];

/// The same for the view model: the dissection knows no view, and the selection all.
pub const PLAYBACK_ARROWS: &[(&str, &[&str])] = &[
    ("cursor", &[]),
    ("hold", &[]),
    ("phrase", &[]),
    ("race", &["cursor"]),
    ("role", &[]),
    ("word_keys", &[]),
    ("dissection", &[]),
    ("call", &["dissection"]),
    ("pace", &["dissection"]),
    ("describe", &["call", "dissection", "phrase", "word_keys"]),
    ("timeline", &["cursor", "dissection", "pace"]),
    ("transition", &["cursor", "pace"]),
    ("step_scale", &["cursor", "pace"]),
    ("player", &["cursor", "pace", "timeline", "transition"]),
    ("caches", &["cursor", "dissection"]),
    ("frame", &["call", "cursor", "dissection", "role", "word_keys"]),
    ("header_hops", &["cursor", "dissection", "role"]),
    ("ladder", &["call", "describe", "dissection", "pace", "phrase", "role"]),
    ("packets", &["cursor", "dissection", "role"]),
    ("ports", &["cursor", "dissection", "role"]),
    ("program", &["call"]),
    ("series", &["dissection"]),
    ("socket_table", &["cursor", "dissection", "frame"]),
    ("spent", &["dissection", "hold"]),
    ("comparison", &["dissection", "spent"]),
    ("tuples", &["cursor", "dissection"]),
    ("terminal", &["cursor"]),
    ("waits", &["cursor", "dissection", "frame", "role"]),
    ("buffers", &["cursor", "dissection", "frame", "role"]),
    ("page_load", &["cursor", "dissection"]),
    ("pieces", &["cursor", "dissection", "frame", "role"]),
    ("requests", &["cursor", "dissection", "role"]),
    ("times", &["cursor", "dissection", "spent"]),
    ("window", &["cursor", "dissection", "role"]),
    ("queue", &["cursor", "dissection", "role"]),
    ("state_diagram", &["cursor", "dissection"]),
    ("why", &["describe", "dissection", "phrase"]),
    ("selection", &["describe", "dissection", "packets", "phrase", "role"]),
];

/// The same for the page: the session knows no view, and a view no shell.
pub const PAGE_ARROWS: &[(&str, &[&str])] = &[
    ("rc_eq", &[]),
    ("language", &[]),
    ("address", &["language"]),
    ("icon", &[]),
    ("command", &["language"]),
    ("browser", &["address", "command", "language"]),
    ("progress", &["browser"]),
    ("session", &["address", "command", "rc_eq"]),
    ("view", &["language", "session", "rc_eq"]),
    ("story", &["browser", "command", "icon", "language", "session", "rc_eq"]),
    ("controls", &["command", "icon", "language", "session", "rc_eq"]),
    ("playground", &["browser", "command", "icon", "language", "session", "rc_eq"]),
    ("embed", &["address", "command", "icon", "language", "session", "rc_eq", "story", "view"]),
    ("effects", &["address", "browser", "command", "embed", "icon", "language", "progress", "session"]),
    (
        "dialogs",
        &[
            "address", "browser", "command", "effects", "embed", "icon", "language", "progress", "session",
            "rc_eq", "story",
        ],
    ),
    (
        "shell",
        &[
            "address", "browser", "command", "controls", "dialogs", "effects", "icon", "language", "session",
            "rc_eq", "view",
        ],
    ),
    (
        "app",
        &[
            "address",
            "browser",
            "command",
            "controls",
            "dialogs",
            "effects",
            "embed",
            "language",
            "playground",
            "session",
            "shell",
            "story",
        ],
    ),
];
