//! Programs of the system: started on a free port with a folder of their own, ended with the test.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// Where Debian's servers lie beside the search path.
const PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
/// How long a program may take until it listens.
const STARTS: Duration = Duration::from_secs(60);
/// How often one is started when another program takes its port first.
const TRIES: usize = 5;

/// A command with nothing of this environment but the places of programs.
pub fn command(program: &str) -> Command {
    let mut command = Command::new(program);
    command.env_clear().env("PATH", PATH);
    command
}

/// The output of a program that ends by itself.
pub fn output(command: &mut Command) -> Output {
    let name = command.get_program().to_string_lossy().into_owned();
    command.output().unwrap_or_else(|error| panic!("this test needs {name} (`cargo xtask test`): {error}"))
}

/// A server program.
pub struct Program {
    /// Where it listens.
    pub place: SocketAddr,
    child: Child,
    // Removed after the program has ended.
    _folder: TempDir,
}

impl Program {
    /// Starts a program on a free port; its configuration is written for a folder and a port.
    pub fn start(
        name: &str,
        configuration: impl Fn(&Path, u16) -> String,
        arguments: impl Fn(&Path) -> Vec<String>,
    ) -> Self {
        for _ in 0..TRIES {
            let folder = tempfile::tempdir().expect("a folder");
            let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port");
            let file = folder.path().join("configuration");
            std::fs::write(&file, configuration(folder.path(), port.port())).expect("it is written");
            let errors = std::fs::File::create(folder.path().join("errors")).expect("a file");
            let child = command(name)
                .args(arguments(&file))
                .current_dir(folder.path())
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(errors)
                .spawn()
                .unwrap_or_else(|error| panic!("this test needs {name} (`cargo xtask test`): {error}"));
            let mut program = Self { place: port, child, _folder: folder };
            if program.listens() {
                return program;
            }
            let said = std::fs::read_to_string(program._folder.path().join("errors")).unwrap_or_default();
            println!("{name} did not start: {said}");
        }
        panic!("{name} does not start");
    }

    /// Waits until it listens, or has ended.
    fn listens(&mut self) -> bool {
        let began = Instant::now();
        while began.elapsed() < STARTS {
            if self.child.try_wait().expect("a child").is_some() {
                return false;
            }
            if TcpStream::connect(self.place).is_ok() {
                return true;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        false
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// nginx with this inside of its `http` block; `LISTEN` stands for its address.
pub fn nginx(http: &str) -> Program {
    let http = http.to_owned();
    Program::start(
        "nginx",
        move |folder, port| {
            let folder = folder.display();
            let places: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
                .map(|name| format!("{name}_temp_path {folder}/{name};\n"))
                .concat();
            let http = http.replace("LISTEN", &format!("127.0.0.1:{port}"));
            format!(
                "daemon off;\nmaster_process off;\npid {folder}/pid;\nerror_log stderr;\nevents {{}}\n\
                 http {{\naccess_log off;\n{places}{http}\n}}\n"
            )
        },
        |file| {
            let prefix = file.parent().expect("a folder").display().to_string();
            ["-p", &prefix, "-e", "stderr", "-c", &file.display().to_string()].map(str::to_owned).to_vec()
        },
    )
}

/// squid as a forward proxy without a cache, with these lines more.
pub fn squid(more: &str) -> Program {
    let more = more.to_owned();
    Program::start(
        "squid",
        move |_, port| {
            format!(
                "http_port 127.0.0.1:{port}\nhttp_access allow all\ncache deny all\nvisible_hostname squidhost\n\
                 pid_filename none\naccess_log none\ncache_log /dev/null\ncache_store_log none\n\
                 netdb_filename none\npinger_enable off\ncoredump_dir none\nshutdown_lifetime 0 seconds\n{more}\n"
            )
        },
        |file| ["-N", "-f", &file.display().to_string()].map(str::to_owned).to_vec(),
    )
}
