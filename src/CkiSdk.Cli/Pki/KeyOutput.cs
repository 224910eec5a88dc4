using System.CommandLine;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Keys;

namespace CkiSdk.Cli.Pki;

/// <summary>Writes private keys to files that only their owner may read.</summary>
internal static class KeyOutput
{
    /// <summary>Makes <c>--scrypt</c>.</summary>
    public static Option<bool> Scrypt() => new("--scrypt") { Description = "Encrypt by scrypt instead of PBKDF2 with 600,000 iterations." };

    /// <summary>Writes PKCS #8, encrypted if there is a password.</summary>
    /// <param name="pkcs8">The key.</param>
    /// <param name="password">The password; null for none.</param>
    /// <param name="byScrypt">Whether the key for the encryption comes from scrypt.</param>
    /// <param name="path">The file, or <c>-</c>.</param>
    /// <param name="isPem">Whether to write PEM.</param>
    /// <param name="force">Whether a file may be overwritten.</param>
    /// <param name="output">The standard output.</param>
    public static void Write(Secret pkcs8, Secret? password, bool byScrypt, string path, bool isPem, bool force, TextWriter output)
    {
        if (password is null)
        {
            Write(pkcs8, KeyForm.Pkcs8, path, isPem, force, output);
            return;
        }

        var der = KeyWriter.Encrypt(pkcs8, password, CryptoProviders.Software.Random, byScrypt ? KeyProtection.Scrypt : KeyProtection.Default);
        using var encrypted = Secret.From(der);
        Write(encrypted, KeyForm.EncryptedPkcs8, path, isPem, force, output);
    }

    /// <summary>Writes a form as it is.</summary>
    /// <param name="der">The DER.</param>
    /// <param name="form">Its form.</param>
    /// <param name="path">The file, or <c>-</c>.</param>
    /// <param name="isPem">Whether to write PEM.</param>
    /// <param name="force">Whether a file may be overwritten.</param>
    /// <param name="output">The standard output.</param>
    public static void Write(Secret der, KeyForm form, string path, bool isPem, bool force, TextWriter output)
    {
        if (form is KeyForm.Public or KeyForm.Pkcs1Public)
        {
            PkiFiles.Write(path, der.Span, isPem ? KeyWriter.LabelOf(form) : null, force, output);
            return;
        }

        using var pem = isPem ? KeyWriter.ToPem(KeyWriter.LabelOf(form), der.Span) : der.Copy();
        PkiFiles.WriteSecret(path, pem, force, output);
    }
}
