using CkiSdk.Tests.Storage;

namespace CkiSdk.Storage.Sqlite.Tests;

/// <summary>Is a process that opens each store that it is told of, so that several can make the same file at the same time.</summary>
internal static class CreatingCma
{
    /// <summary>The only argument that starts it.</summary>
    public const string Command = "creating-cma";

    /// <summary>Works until its input ends: reads a path, opens the store, reads and writes once, and says <c>ok</c> or what was wrong.</summary>
    public static async Task<int> RunAsync()
    {
        for (var number = Environment.ProcessId * 1000; await Console.In.ReadLineAsync() is { } path; number++)
        {
            try
            {
                await using var store = await SqliteCmaStore.OpenAsync(path, TimeProvider.System);
                var isNew = await store.TryReserveSerialAsync(Records.Serial(number), Records.Transaction(number));
                Console.Out.WriteLine(isNew ? "ok" : "the serial number is taken");
            }
            catch (Exception exception)
            {
                Console.Out.WriteLine(exception.ToString().ReplaceLineEndings(" "));
            }

            await Console.Out.FlushAsync();
        }

        return 0;
    }
}
