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
    /// <param name="target">Where it goes.</param>
    public static void Write(Secret pkcs8, Secret? password, bool byScrypt, KeyTarget target)
    {
        if (password is null)
        {
            WriteAs(pkcs8, KeyForm.Pkcs8, null, target);
            return;
        }

        var der = KeyWriter.Encrypt(pkcs8, password, CryptoProviders.Software.Random, byScrypt ? KeyProtection.Scrypt : KeyProtection.Default);
        using var encrypted = Secret.From(der);
        WriteAs(encrypted, KeyForm.EncryptedPkcs8, null, target);
    }

    /// <summary>Writes a form as it is, or in the traditional encryption.</summary>
    /// <param name="der">The DER.</param>
    /// <param name="form">Its form.</param>
    /// <param name="password">The password of the traditional encryption, which is PEM; null for none.</param>
    /// <param name="target">Where it goes.</param>
    public static void WriteAs(Secret der, KeyForm form, Secret? password, KeyTarget target)
    {
        var label = KeyWriter.LabelOf(form);
        if (form is KeyForm.Public or KeyForm.Pkcs1Public)
        {
            PkiFiles.Write(target.Path, der.Span, target.IsPem ? label : null, target.Force, target.Output);
            return;
        }

        using var content = password is not null ? KeyWriter.ToWeaklyEncryptedPem(label, der.Span, password, CryptoProviders.Software.Random)
            : target.IsPem ? KeyWriter.ToPem(label, der.Span) : der.Copy();
        PkiFiles.WriteSecret(target.Path, content, target.Force, target.Output);
    }
}
