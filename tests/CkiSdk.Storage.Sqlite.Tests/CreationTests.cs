using System.Diagnostics;
using CkiSdk.TestSupport;

namespace CkiSdk.Storage.Sqlite.Tests;

/// <summary>Several processes make one store at the same moment: each of them has it in the end.</summary>
public sealed class CreationTests : IDisposable
{
    private const int Processes = 4;
    private readonly TemporaryFolder _folder = new();
    private readonly List<Process> _processes = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.Kill();
            process.Dispose();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task Processes_ThatMakeOneStoreAtOnce_AllOpenIt()
    {
        for (var i = 0; i < Processes; i++) _processes.Add(OwnProgram.Start(CreatingCma.Command));
        for (var round = 0; round < LongRun.Count(40, 2_000); round++)
        {
            var path = _folder.PathOf($"{round}.db");
            foreach (var process in _processes) await process.StandardInput.WriteLineAsync(path.AsMemory(), Cancel);
            foreach (var process in _processes) Assert.Equal("ok", await process.StandardOutput.ReadLineAsync(Cancel));
            using var session = new SqliteSession(path);
            Assert.Equal((long)Processes, session.Scalar("SELECT count(*) FROM serials"));
        }
    }
}
