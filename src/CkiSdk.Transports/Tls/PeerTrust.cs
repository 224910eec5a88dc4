using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol;

namespace CkiSdk.Transports.Tls;

/// <summary>Says whose certificates a TLS connection accepts: pinned anchors, and who is expected (CKI profile section 2).</summary>
/// <remarks>Nothing else is trusted, neither the system's store nor a host name, and nothing is downloaded. Revocation is the caller's, by <see cref="Accepts"/>.</remarks>
public sealed class PeerTrust
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private volatile X509Certificate2Collection _anchors = [];

    /// <summary>Trusts what anchors certify.</summary>
    /// <param name="anchors">Self-signed certificates of the authorities for authentication certificates.</param>
    /// <param name="name">The only peer that is expected; null where everyone is whom the anchors certify.</param>
    /// <exception cref="ArgumentException">There is no anchor, or one is not self-signed.</exception>
    public PeerTrust(IEnumerable<Certificate> anchors, DistinguishedName? name = null)
    {
        Name = name;
        Replace(anchors);
    }

    /// <summary>Gets the only peer that is expected; null where everyone is whom the anchors certify.</summary>
    public DistinguishedName? Name { get; }

    /// <summary>Gets a further check, such as a look into a list of revoked certificates; it is called after all others, and about once a second while an open connection brings messages.</summary>
    public Func<Peer, bool>? Accepts { get; init; }

    /// <summary>Gets the clock against which validity is checked.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Trusts other anchors from the next connection on. Where one is missing that was there before, connections that are open end with their next message, and begin anew.</summary>
    /// <param name="anchors">Self-signed certificates of the authorities for authentication certificates.</param>
    /// <exception cref="ArgumentException">There is no anchor, or one is not self-signed.</exception>
    public void Replace(IEnumerable<Certificate> anchors)
    {
        ArgumentNullException.ThrowIfNull(anchors);
        var collection = new X509Certificate2Collection();
        foreach (var anchor in anchors)
        {
            if (!anchor.Subject.Equals(anchor.Issuer)) throw new ArgumentException($"The anchor {anchor.Subject} is not self-signed.", nameof(anchors));
            collection.Add(X509CertificateLoader.LoadCertificate(anchor.Encoded.Span));
        }

        _anchors = collection.Count > 0 ? collection : throw new ArgumentException("Without an anchor nobody can be authenticated.", nameof(anchors));
    }

    /// <summary>Makes the policy by which a connection builds the path of its peer.</summary>
    /// <param name="peerIsServer">Whether the peer is the server of the connection.</param>
    public X509ChainPolicy CreatePathPolicy(bool peerIsServer)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            VerificationTime = Time.GetUtcNow().UtcDateTime,
            VerificationTimeIgnored = false,
        };
        policy.CustomTrustStore.AddRange(_anchors);
        policy.ApplicationPolicy.Add(new(peerIsServer ? ServerAuthentication : ClientAuthentication));
        return policy;
    }

    /// <summary>Decides about the certificate that a peer presented.</summary>
    /// <param name="certificate">The certificate; null if there was none.</param>
    /// <param name="chain">The path as built by the policy of <see cref="CreatePathPolicy"/>.</param>
    /// <param name="errors">What was wrong with it.</param>
    /// <param name="refusal">Why the peer is refused, for the own log; null if it is accepted.</param>
    /// <returns>The peer; null if it is refused.</returns>
    public Peer? Authenticate(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors, out string? refusal)
    {
        refusal = null;
        if (certificate is null)
        {
            refusal = "no certificate was presented";
        }
        else if ((errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) != SslPolicyErrors.None)
        {
            // The name in question is the host's; the parties of a CKI have distinguished names.
            var found = chain is null ? [] : chain.ChainStatus.Select(status => status.Status.ToString());
            refusal = $"its path to an anchor is not valid ({string.Join(", ", found)})";
        }
        else if (!Certificate.TryDecode(certificate.GetRawCertData(), out var decoded))
        {
            refusal = "its certificate is not strict DER";
        }
        else
        {
            var peer = new Peer(decoded.Subject, decoded);
            refusal = Check(peer);
            return refusal is null ? peer : null;
        }

        return null;
    }

    /// <summary>Builds the path of a certificate itself, and decides about it; for connections whose options are older than they are.</summary>
    /// <param name="certificate">The certificate; null if there was none.</param>
    /// <param name="others">Further certificates that the peer presented.</param>
    /// <param name="peerIsServer">Whether the peer is the server of the connection.</param>
    /// <param name="refusal">Why the peer is refused, for the own log; null if it is accepted.</param>
    /// <returns>The peer; null if it is refused.</returns>
    public Peer? Authenticate(X509Certificate2? certificate, X509Certificate2Collection others, bool peerIsServer, out string? refusal)
    {
        ArgumentNullException.ThrowIfNull(others);
        if (certificate is null) return Authenticate(null, null, SslPolicyErrors.RemoteCertificateNotAvailable, out refusal);
        using var chain = new X509Chain { ChainPolicy = CreatePathPolicy(peerIsServer) };
        chain.ChainPolicy.ExtraStore.AddRange(others);
        return Authenticate(certificate, chain, chain.Build(certificate) ? SslPolicyErrors.None : SslPolicyErrors.RemoteCertificateChainErrors, out refusal);
    }

    /// <summary>Watches a peer that was accepted, as long as its connection is open.</summary>
    /// <param name="peer">The peer.</param>
    public PeerStanding Watch(Peer peer)
    {
        ArgumentNullException.ThrowIfNull(peer);
        return new PeerStanding(this, peer, _anchors, Time.GetUtcNow());
    }

    /// <summary>Checks the peer of an open connection again.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="anchors">The anchors when it was accepted.</param>
    /// <param name="now">The present.</param>
    /// <returns>Why it is accepted no more; null if it is.</returns>
    internal string? CheckAgain(Peer peer, X509Certificate2Collection anchors, DateTimeOffset now)
    {
        var present = _anchors;
        return !ReferenceEquals(present, anchors) && !anchors.All(present.Contains) ? "an anchor of before is no longer trusted"
            : !peer.Certificate.IsValidAt(now) ? $"the certificate of {peer.Name} is not valid any more"
            : Check(peer);
    }

    private string? Check(Peer peer)
    {
        if (peer.Certificate.KeyUsage is { } usage && !usage.Has(KeyUsage.DigitalSignature)) return $"the key of {peer.Name} is not for signatures";
        if (peer.Name.Count == 0) return "its certificate names nobody";
        if (Name is not null && !peer.Name.Equals(Name)) return $"it is {peer.Name}, and {Name} is expected";
        return Accepts is null || Accepts(peer) ? null : $"{peer.Name} is not accepted by the configuration";
    }
}
