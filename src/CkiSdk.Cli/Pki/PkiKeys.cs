using System.Security.Cryptography;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Pkcs11;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Keys;

namespace CkiSdk.Cli.Pki;

/// <summary>Opens the keys that the command line names.</summary>
internal static class PkiKeys
{
    /// <summary>Reads a key of any form, to look at.</summary>
    /// <param name="file">The file; <c>-</c> for the standard input.</param>
    /// <param name="password">Its password; null for none.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The key, which the caller disposes.</returns>
    /// <exception cref="CommandException">The file holds no key, or the password is wrong or missing.</exception>
    public static async Task<ParsedKey> ReadAsync(string file, Secret? password, CancellationToken cancellationToken)
    {
        if (Pkcs11Uri.IsUri(file))
        {
            throw CommandException.Usage("A key in a token cannot be read out of it; 'cki pki token list' describes it.");
        }

        var octets = await ValueFile.ReadAsync(file, cancellationToken).ConfigureAwait(false);
        try
        {
            return KeyFile.Read(octets, password);
        }
        catch (KeyFileException exception)
        {
            throw Failure(file, exception);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(octets);
        }
    }

    /// <summary>Opens a private key that signs.</summary>
    /// <param name="file">The file; <c>-</c> for the standard input.</param>
    /// <param name="password">Its password; null for none.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The key, which the caller disposes.</returns>
    /// <exception cref="CommandException">The file holds no such key.</exception>
    public static async Task<ISigningKey> OpenSigningKeyAsync(string file, Secret? password, CancellationToken cancellationToken)
    {
        using var key = await ReadAsync(file, password, cancellationToken).ConfigureAwait(false);
        return await ForUseAsync(file, () => key.ImportSigningKeyAsync(CryptoProviders.Software.Keys, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Takes a key for use; a refusal names the file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="import">Takes it.</param>
    public static async Task<T> ForUseAsync<T>(string file, Func<ValueTask<T>> import)
    {
        try
        {
            return await import().ConfigureAwait(false);
        }
        catch (CryptoProviderException exception) when (Failures.ExitCode(exception) == ExitCodes.CheckFailed)
        {
            throw new CommandException(ExitCodes.CheckFailed, $"{file}: {exception.Message}", exception, exception.Code == CryptoError.WeakKey ? "weak-key" : "invalid-key");
        }
    }

    private static CommandException Failure(string file, KeyFileException exception) => exception.Code switch
    {
        KeyFileError.PasswordMissing =>
            CommandException.Usage($"{file}: {Failures.Sentence(exception.Message)} Name it by --password-file or --password-env.", exception, "password-missing"),
        KeyFileError.PasswordWrong => CommandException.Usage($"{file}: {exception.Message}", exception, "password-wrong"),
        KeyFileError.LimitExceeded => new CommandException(ExitCodes.CheckFailed, $"{file}: {exception.Message}", exception, "limit-exceeded"),
        _ => new CommandException(ExitCodes.CheckFailed, $"{file}: {exception.Message}", exception, "invalid-key"),
    };
}
