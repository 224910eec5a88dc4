using System.Diagnostics;
using System.Text;

namespace CkiSdk.TestSupport;

/// <summary>Runs a program of the machine, such as <c>openssl</c>, and collects what it writes.</summary>
public static class ExternalProgram
{
    private static readonly TimeSpan UsualLimit = TimeSpan.FromMinutes(2);

    /// <summary>Runs the program to its end.</summary>
    /// <param name="program">The program's name or path.</param>
    /// <param name="arguments">The arguments, each as it is; no shell takes part.</param>
    /// <param name="input">What the program reads on standard input; null for nothing.</param>
    /// <param name="limit">How long it may take; null for two minutes.</param>
    /// <exception cref="InvalidOperationException">The program is not on the machine or does not end in time.</exception>
    public static ProgramResult Run(string program, IEnumerable<string> arguments, byte[]? input = null, TimeSpan? limit = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Start(start);
        using var output = new MemoryStream();
        var error = new StringBuilder();
        process.ErrorDataReceived += (_, line) => error.AppendLine(line.Data);
        process.BeginErrorReadLine();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(output);
        Feed(process, input);
        if (!process.WaitForExit(limit ?? UsualLimit))
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"{program} did not end within {limit ?? UsualLimit}.");
        }

        process.WaitForExit();
        reading.GetAwaiter().GetResult();
        return new ProgramResult(process.ExitCode, output.ToArray(), error.ToString());
    }

    /// <summary>Runs the program and requires exit code 0.</summary>
    /// <exception cref="InvalidOperationException">It ended with another code; the message holds what it wrote.</exception>
    public static ProgramResult RunOk(string program, IEnumerable<string> arguments, byte[]? input = null)
    {
        var result = Run(program, arguments, input);
        return result.ExitCode == 0
            ? result
            : throw new InvalidOperationException($"{program} ended with {result.ExitCode}: {result.Error}{result.Text}");
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new InvalidOperationException($"{start.FileName} is not on this machine; eng/test.sh installs what the tests need.", exception);
        }
    }

    private static void Feed(Process process, byte[]? input)
    {
        try
        {
            if (input is not null) process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended before it had read everything; its exit code tells the story.
        }
    }
}
