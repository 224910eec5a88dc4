using System.Globalization;
using CkiSdk.Asn1;
using CkiSdk.Crypto;
using CkiSdk.Protocol;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Cli.Invocation;

/// <summary>Turns what ended a command into an exit code and into one line for its user.</summary>
internal static class Failures
{
    /// <summary>Returns the exit code for a failure; 0 for none.</summary>
    /// <param name="failure">What ended the command.</param>
    public static int ExitCode(Exception? failure) => failure switch
    {
        null => ExitCodes.Ok,
        CommandException command => command.ExitCode,
        OperationCanceledException => ExitCodes.Stopped,
        CkiProtocolException => ExitCodes.Rejected,
        CkiWaitingException => ExitCodes.Waiting,
        CkiTransportException => ExitCodes.Transport,
        StaleStateException => ExitCodes.Waiting,
        CryptoProviderException crypto => ExitCodeOf(crypto.Code),
        DerException => ExitCodes.CheckFailed,
        // A file of a home that is a folder, or a link to nowhere; commands name what the command line names.
        IOException or UnauthorizedAccessException => ExitCodes.Usage,
        _ => ExitCodes.Internal,
    };

    /// <summary>Returns the word that stands for a failure in JSON.</summary>
    /// <param name="failure">What ended the command.</param>
    public static string Code(Exception failure) => failure is CommandException { Code: { } code } ? code : ExitCode(failure) switch
    {
        ExitCodes.CheckFailed => "invalid-input",
        ExitCodes.Usage => "usage",
        ExitCodes.Rejected => "rejected",
        ExitCodes.Waiting => "waiting",
        ExitCodes.Transport => "transport",
        ExitCodes.NotTrusted => "not-trusted",
        ExitCodes.NotFound => "not-found",
        ExitCodes.Stopped => "stopped",
        _ => "internal",
    };

    /// <summary>Returns one line that says what went wrong.</summary>
    /// <param name="failure">What ended the command.</param>
    public static string Line(Exception failure) => failure switch
    {
        OperationCanceledException => "stopped",
        StaleStateException => "nothing was changed, as another process changes the same all the time; the same command tries again",
        CommandException or CkiProtocolException or CkiWaitingException or DerException or CkiTransportException or CryptoProviderException or IOException or UnauthorizedAccessException => OneLine(failure.Message),
        _ => OneLine($"unexpected {failure.GetType().Name}: {failure.Message} (CKI_DEBUG=1 shows where)"),
    };

    /// <summary>Returns the message of an exception without the name of the parameter that .NET puts behind it.</summary>
    /// <param name="failure">The exception.</param>
    public static string Words(Exception failure) => failure is ArgumentException { ParamName: { } name }
        ? failure.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal)
        : failure.Message;

    /// <summary>Writes that line, and with CKI_DEBUG=1 where it happened.</summary>
    /// <param name="failure">What ended the command.</param>
    /// <param name="error">Where it goes.</param>
    public static async Task WriteAsync(Exception failure, TextWriter error)
    {
        await error.WriteLineAsync($"cki: {Line(failure)}").ConfigureAwait(false);
        if (Environment.GetEnvironmentVariable("CKI_DEBUG") == "1")
        {
            await error.WriteLineAsync(failure.ToString()).ConfigureAwait(false);
        }
    }

    private static int ExitCodeOf(CryptoError code) => code switch
    {
        CryptoError.PinIncorrect or CryptoError.PinUnusable or CryptoError.LoginRequired or CryptoError.NotPermitted => ExitCodes.Rejected,
        CryptoError.DeviceUnavailable => ExitCodes.Transport,
        CryptoError.KeyNotFound => ExitCodes.NotFound,
        CryptoError.Failure => ExitCodes.Internal,
        _ => ExitCodes.CheckFailed,
    };

    /// <summary>Replaces what could break a line, move a terminal's cursor or turn the direction of text by blanks; parts of the text may come from elsewhere.</summary>
    /// <param name="text">The text.</param>
    public static string OneLine(string text) => string.Concat(text.Select(character => char.GetUnicodeCategory(character)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? ' ' : character));

    /// <summary>Makes a sentence of a message that another one follows: with one full stop, whether or not the message has one.</summary>
    /// <param name="message">The message; parts of it may come from elsewhere.</param>
    public static string Sentence(string message) => $"{Clause(message)}.";

    /// <summary>Makes a part of a sentence of a message: without the full stop that it may have.</summary>
    /// <param name="message">The message; parts of it may come from elsewhere.</param>
    public static string Clause(string message) => OneLine(message).TrimEnd('.', ' ');
}
