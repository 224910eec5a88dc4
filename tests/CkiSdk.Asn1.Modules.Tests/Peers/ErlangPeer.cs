using System.Diagnostics;

namespace CkiSdk.Asn1.Modules.Tests.Peers;

/// <summary>Runs a script of Erlang that compiles modules and then answers one request per line.</summary>
internal abstract class ErlangPeer
{
    private readonly Lock _turn = new();
    private readonly Process _process;

    /// <summary>Starts the script and reads what became of the modules.</summary>
    /// <param name="script">The script.</param>
    /// <param name="arguments">Gives its arguments, from the folder that it may write to.</param>
    protected ErlangPeer(string script, Func<string, IEnumerable<string>> arguments)
    {
        var output = Directory.CreateTempSubdirectory("cki-erlang-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => End(output);
        var start = new ProcessStartInfo("escript", [script, output, .. arguments(output)])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        _process = Process.Start(start)!;
        while (Read() is { } line && line != "ready")
        {
            var words = line.Split(' ', 3);
            if (words[0] is "ok" or "failed") Modules.Add(words[1], words[0] == "ok" ? null : words.ElementAtOrDefault(2) ?? "failed");
        }
    }

    /// <summary>Gets the modules, each with the reason why asn1ct does not compile it; null where it does.</summary>
    public Dictionary<string, string?> Modules { get; } = new(StringComparer.Ordinal);

    /// <summary>Gives the types of a module.</summary>
    public string[] TypesOf(string module) => Ask([$"types {module}"])[0].Split(' ')[1..];

    /// <summary>Says whether an answer is one that was asked for.</summary>
    protected static bool IsOk(string answer) => answer.StartsWith("ok ", StringComparison.Ordinal);

    /// <summary>Sends requests and gives the answers: many at once, so that the two programs do not wait for each other at each of them.</summary>
    protected string[] Ask(string[] requests)
    {
        lock (_turn)
        {
            var writing = Task.Run(() =>
            {
                foreach (var request in requests) _process.StandardInput.WriteLine(request);
                _process.StandardInput.Flush();
            });
            string[] answers = [.. requests.Select(_ => Read())];
            writing.GetAwaiter().GetResult();
            return answers;
        }
    }

    private string Read() => _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The Erlang program ended; its words are above.");

    private void End(string output)
    {
        _process.StandardInput.Close();
        _process.WaitForExit(1000);
        if (Directory.Exists(output)) Directory.Delete(output, recursive: true);
    }
}
