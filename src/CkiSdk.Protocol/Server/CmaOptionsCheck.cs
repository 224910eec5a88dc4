using CkiSdk.Crypto;
using CkiSdk.Protocol.Options;

namespace CkiSdk.Protocol.Server;

/// <summary>Checks the options of a CMA before it starts.</summary>
internal static class CmaOptionsCheck
{
    /// <summary>Requires that the options and the provider make a CMA.</summary>
    /// <exception cref="ArgumentException">They do not; the message says why.</exception>
    public static void Require(CmaOptions options, CryptoProvider provider)
    {
        if (!provider.DiffieHellman.IsConstantTime)
        {
            throw new ArgumentException("The provider's Diffie–Hellman is not constant-time; a CMA does not compute its users' keys with it.", nameof(provider));
        }

        RequireSigner(new CmaSigner(options.Certificate, options.SigningKey, options.SignatureAlgorithm), options);
        foreach (var successor in options.Successors)
        {
            RequireSigner(successor, options);
        }

        if (options.Recovery is { Approvals: < 2 })
        {
            throw new ArgumentException("Key recovery needs the approval of two different people at least.", nameof(options));
        }

        RequirePositive(options.NewNamesPerDay, nameof(options.NewNamesPerDay));
        if (options.RevokedSendRetention < TimeSpan.Zero)
        {
            throw new ArgumentException("RevokedSendRetention is negative.", nameof(options));
        }

        if (options.Recovery is { } recovery)
        {
            RequirePositive(recovery.MostOpenCases, $"{nameof(options.Recovery)}.{nameof(recovery.MostOpenCases)}");
            RequirePositive(recovery.MostKeys, $"{nameof(options.Recovery)}.{nameof(recovery.MostKeys)}");
            if (recovery.ApproverDelay < TimeSpan.Zero)
            {
                throw new ArgumentException("Recovery.ApproverDelay is negative.", nameof(options));
            }
        }

        if (options.Bind is { } bind && !bind.Name.Equals(options.Certificate.Subject))
        {
            throw new ArgumentException($"The certificate for binds is that of {bind.Name}, not of {options.Certificate.Subject}.", nameof(options));
        }

        if (options.StorageKey.Length != Derivation.KeyDerivation.KeyLength)
        {
            throw new ArgumentException($"The storage key has {options.StorageKey.Length} octets, not {Derivation.KeyDerivation.KeyLength}.", nameof(options));
        }
    }

    private static void RequirePositive(int value, string name)
    {
        if (value < 1)
        {
            throw new ArgumentException($"{name} is {value}; it is 1 at least.", nameof(value));
        }
    }

    private static void RequireSigner(CmaSigner signer, CmaOptions options)
    {
        if (!signer.Certificate.Subject.Equals(options.Certificate.Subject))
        {
            throw new ArgumentException($"The certificate that follows is that of {signer.Certificate.Subject}, not of {options.Certificate.Subject}.", nameof(options));
        }

        if (!signer.Key.SubjectPublicKeyInfo.Span.SequenceEqual(signer.Certificate.SubjectPublicKeyInfo.Span))
        {
            throw new ArgumentException("The signing key is not the key of the CMA certificate.", nameof(options));
        }

        if (!signer.Key.Algorithms.Contains(signer.Algorithm))
        {
            throw new ArgumentException($"The signing key cannot do {signer.Algorithm}.", nameof(options));
        }
    }
}
