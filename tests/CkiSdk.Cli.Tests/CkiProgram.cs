using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests;

/// <summary>Runs <c>cki</c>, inside this process or as a process of its own.</summary>
internal static class CkiProgram
{
    /// <summary>Gets the program of machine code that eng/native.sh has made and the variable CKI_NATIVE names; null where the tests run as usual.</summary>
    public static string? Native { get; } = Environment.GetEnvironmentVariable("CKI_NATIVE");

    /// <summary>Gets the words that start it: as built for these tests, or of machine code.</summary>
    public static string[] Command { get; } = Native is { } file ? [file] : ["dotnet", Path.Combine(AppContext.BaseDirectory, "cki.dll")];

    /// <summary>Runs it as a process of its own, to its end.</summary>
    public static ProgramResult Run(params string[] args) => ExternalProgram.Run(Command[0], [.. Command[1..], .. args]);

    /// <summary>Runs it inside this process.</summary>
    public static async Task<(int Code, string Output, string Error)> RunInsideAsync(string[] args, CancellationToken? cancellationToken = null)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(args, output, error, cancellationToken ?? TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }
}
