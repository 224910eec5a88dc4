using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace CkiSdk.TestSupport;

/// <summary>Is a PostgreSQL 15 server of Debian in a temporary folder, on a loopback port and a socket in that folder; it ends with the test program, whatever that ends by.</summary>
/// <remarks>PostgreSQL refuses to run as root: there, the server runs as the user <c>postgres</c>, whom the package makes.</remarks>
public sealed class PostgreSqlServer : IDisposable
{
    /// <summary>The superuser of the server.</summary>
    public const string User = "cki";

    /// <summary>His password.</summary>
    public const string Password = "s3cret of tests";

    private const string Programs = "/usr/lib/postgresql/15/bin";
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder _folder = new();
    private readonly string _durability;
    private Process? _process;

    /// <summary>Makes the server's data and starts it.</summary>
    /// <param name="isDurable">Whether it waits for the disk; where what is durable is not under test, it is faster without.</param>
    /// <exception cref="InvalidOperationException">PostgreSQL is not on the machine, or it does not start.</exception>
    public PostgreSqlServer(bool isDurable = true)
    {
        _durability = isDurable ? "on" : "off";
        if (!File.Exists($"{Programs}/postgres"))
            throw new InvalidOperationException($"{Programs}/postgres is not on this machine; the package is postgresql-15, and eng/test.sh installs it.");
        Port = FreePorts.Next();
        var password = _folder.WriteText("password", Password);
        if (Environment.IsPrivilegedProcess) ExternalProgram.RunOk("chown", ["-R", "postgres:postgres", _folder.FullPath]);
        Own($"{Programs}/initdb", "-D", Data, "-U", User, $"--pwfile={password}", "-A", "scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8", "-N");
        Start();
    }

    /// <summary>Gets the port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Gets the folder of the socket.</summary>
    public string Folder => _folder.FullPath;

    private string Data => _folder.PathOf("data");

    /// <summary>Gives a connection string.</summary>
    /// <param name="database">The database.</param>
    public string ConnectionString(string database = "postgres") =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username={User};Password={Password};Database={database}");

    /// <summary>Starts the server and waits until it answers.</summary>
    public void Start()
    {
        // The shell ends the server when nobody holds its input any more.
        const string Script = "\"$@\" & server=$!; read -r _; kill -QUIT $server 2>/dev/null; wait $server";
        string[] settings =
        [
            "-c", "listen_addresses=127.0.0.1", "-c", $"port={Port}", "-c", $"unix_socket_directories={Folder}", "-c", "max_connections=100",
            "-c", $"fsync={_durability}", "-c", $"full_page_writes={_durability}",
        ];
        var start = new ProcessStartInfo("bash", ["-c", Script, "bash", .. AsOwner, $"{Programs}/postgres", "-D", Data, .. settings])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        _process = Process.Start(start)!;
        var log = new ConcurrentQueue<string?>();
        _process.ErrorDataReceived += (_, line) => log.Enqueue(line.Data);
        _process.BeginErrorReadLine();
        var clock = Stopwatch.StartNew();
        while (ExternalProgram.Run($"{Programs}/pg_isready", ["-q", "-h", "127.0.0.1", "-p", $"{Port}"]).ExitCode != 0)
        {
            if (_process.HasExited || clock.Elapsed > LongestStart) throw new InvalidOperationException($"PostgreSQL does not start at port {Port} in {Folder}: {string.Join('\n', log)}");
            Thread.Sleep(50);
        }
    }

    /// <summary>Ends the server as a loss of power would: no process of it finishes anything.</summary>
    public void Kill()
    {
        // One that stands still starts no others in place of those that die; when it goes, none of them is left to hold what the next one needs.
        const string Script = "kill -STOP $1 || exit 1; pkill -KILL -P $1; while pgrep -P $1 -r R,S,D,T >/dev/null; do sleep 0.01; done; kill -KILL $1";
        var postmaster = File.ReadLines(Path.Combine(Data, "postmaster.pid")).First();
        ExternalProgram.RunOk("bash", ["-c", Script, "bash", postmaster]);
        End();
    }

    /// <summary>Makes an empty database and returns its connection string.</summary>
    /// <param name="name">Its name.</param>
    public string CreateDatabase(string name)
    {
        Query("postgres", $"CREATE DATABASE {name}");
        return ConnectionString(name);
    }

    /// <summary>Runs statements with psql and returns what they print: rows of columns with | between.</summary>
    /// <param name="database">The database.</param>
    /// <param name="sql">The statements.</param>
    public string Query(string database, string sql) =>
        ExternalProgram.RunOk("env", [$"PGPASSWORD={Password}", $"{Programs}/psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", $"{Port}", "-U", User, "-d", database, "-c", sql]).Text.TrimEnd();

    /// <inheritdoc/>
    public void Dispose()
    {
        End();
        _folder.Dispose();
    }

    private static string[] AsOwner => Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "env", "HOME=/", "LC_ALL=C.UTF-8"] : ["env", "LC_ALL=C.UTF-8"];

    private static void Own(string program, params string[] arguments)
    {
        string[] command = [.. AsOwner, program, .. arguments];
        ExternalProgram.RunOk("env", ["-C", "/", .. command]);
    }

    private void End()
    {
        if (_process is null) return;
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }
}
