using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Pki;
using CkiSdk.Crypto;

namespace CkiSdk.Cli.Homes;

/// <summary>Makes and reads the key of a home, under which everything secret in it is encrypted.</summary>
internal static class HomeKey
{
    /// <summary>The length of the key in octets.</summary>
    public const int Length = 32;

    // SEQUENCE { UTF8String "CKI-1 home key" }: what a key in a token derives is told apart from all else.
    private static readonly byte[] TokenContext = [0x30, 16, 0x0C, 14, .. "CKI-1 home key"u8];

    /// <summary>Makes the key of a new home where its source is a file that is not there yet; reads it otherwise.</summary>
    /// <param name="root">The folder of the home.</param>
    /// <param name="source">The source.</param>
    /// <param name="cancellationToken">Gives up waiting for a token.</param>
    /// <returns>The key, which the caller disposes.</returns>
    public static async Task<Secret> CreateAsync(string root, HomeKeySource source, CancellationToken cancellationToken)
    {
        if (source.Kind != HomeKeySource.File || File.Exists(Path.Combine(root, source.Place)))
        {
            return await ReadAsync(root, source, cancellationToken).ConfigureAwait(false);
        }

        var key = Secret.Random(Length, Crypto.Software.CryptoProviders.Software.Random);
        var digits = new char[2 * Length];
        _ = Convert.TryToHexStringLower(key.Span, digits, out _);
        SecretFile.Write(Path.Combine(root, source.Place), digits);
        return key;
    }

    /// <summary>Reads the key.</summary>
    /// <param name="root">The folder of the home.</param>
    /// <param name="source">The source.</param>
    /// <param name="cancellationToken">Gives up waiting for a token.</param>
    /// <returns>The key, which the caller disposes.</returns>
    /// <exception cref="CommandException">The source is not there, or holds no such key.</exception>
    public static async Task<Secret> ReadAsync(string root, HomeKeySource source, CancellationToken cancellationToken)
    {
        switch (source.Kind)
        {
            case HomeKeySource.File:
                var path = Path.GetFullPath(Path.Combine(root, source.Place));
                return File.Exists(path)
                    ? Parse(SecretFile.Read(path), path)
                    : throw CommandException.NotFound($"{path} is missing: the key under which the keys of {root} are encrypted. Without it they are lost.", path);
            case HomeKeySource.Environment:
                var value = Environment.GetEnvironmentVariable(source.Place)
                    ?? throw CommandException.Usage($"The environment variable {source.Place} is not set; it holds the key of {root}.");
                return Parse(value.ToCharArray(), $"the environment variable {source.Place}");
            case HomeKeySource.Token:
                return await DeriveAsync(source.Place, cancellationToken).ConfigureAwait(false);
            default:
                throw CommandException.Usage($"{root}: '{source.Kind}' is no source of a key; it is file, environment or token.");
        }
    }

    /// <summary>Writes the key as the password of key files: the same 64 digits, so that OpenSSL opens them with <c>-passin file:home.key</c>.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The password, which the caller disposes.</returns>
    public static Secret ToPassword(Secret key)
    {
        var password = new Secret(2 * Length);
        var digits = GC.AllocateArray<char>(2 * Length, pinned: true);
        _ = Convert.TryToHexStringLower(key.Span, digits, out _);
        _ = Encoding.ASCII.GetBytes(digits, password.Span);
        Array.Clear(digits);
        return password;
    }

    private static Secret Parse(char[] digits, string place)
    {
        var key = new Secret(Length);
        try
        {
            if (Convert.FromHexString(digits.AsSpan().Trim(), key.Span, out _, out var written) == OperationStatus.Done && written == Length)
            {
                return key;
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(System.Runtime.InteropServices.MemoryMarshal.AsBytes(digits.AsSpan()));
        }

        key.Dispose();
        throw CommandException.Usage($"{place} cannot be used: it does not hold {2 * Length} hexadecimal digits.");
    }

    private static async Task<Secret> DeriveAsync(string text, CancellationToken cancellationToken)
    {
        var uri = TokenOptions.WithModule(TokenOptions.Parse(text), module: null);
        using var pin = await TokenKeys.PinOfUriAsync(uri, cancellationToken).ConfigureAwait(false);
        using var token = await TokenKeys.OpenTokenAsync(uri, pin, cancellationToken).ConfigureAwait(false);
        using var secret = await token.OpenSecretKeyAsync(uri, cancellationToken).ConfigureAwait(false);
        return await secret.DeriveAsync(TokenContext, Length, cancellationToken).ConfigureAwait(false);
    }
}
