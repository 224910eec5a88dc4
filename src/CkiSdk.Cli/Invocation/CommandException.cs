namespace CkiSdk.Cli.Invocation;

/// <summary>Ends a command with words for its user, which name the place and what to do, and with an exit code.</summary>
internal sealed class CommandException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="exitCode">One of <see cref="ExitCodes"/>.</param>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">What was behind it; null for nothing.</param>
    /// <param name="code">The code in JSON; null for that of the exit code.</param>
    public CommandException(int exitCode, string message, Exception? innerException = null, string? code = null)
        : base(message, innerException) => (ExitCode, Code) = (exitCode, code);

    /// <summary>Gets the exit code.</summary>
    public int ExitCode { get; }

    /// <summary>Gets the code that stands in JSON, such as <c>wrong-password</c>; null for that of the exit code.</summary>
    public string? Code { get; }

    /// <summary>Gets the file or folder that it is about; null for none.</summary>
    public string? File { get; private init; }

    /// <summary>Makes the exception for something that is not there.</summary>
    /// <param name="message">What is missing, and what to do.</param>
    /// <param name="file">The file or folder that is missing; null where it is something else.</param>
    /// <param name="innerException">What was behind it; null for nothing.</param>
    public static CommandException NotFound(string message, string? file = null, Exception? innerException = null) =>
        new(ExitCodes.NotFound, message, innerException) { File = file };

    /// <summary>Makes the exception for something on the command line that cannot be used.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">What was behind it; null for nothing.</param>
    /// <param name="code">The code in JSON; null for <c>usage</c>.</param>
    public static CommandException Usage(string message, Exception? innerException = null, string? code = null) =>
        new(ExitCodes.Usage, message, innerException, code);
}
