using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Cms.Envelopes;
using CkiSdk.Pki.Names;
using CkiSdk.Pki.Paths;
using CkiSdk.Protocol;

namespace CkiSdk.Transports.Cms;

/// <summary>Is what a party signs and opens messages with that travel as CMS, and whose messages it takes (CKI profile section 7).</summary>
public sealed record CmsIdentity
{
    /// <summary>Gets the certificate of the signing key; its subject is the party's name.</summary>
    public required Certificate SigningCertificate { get; init; }

    /// <summary>Gets the signing key; it stays the caller's.</summary>
    public required ISigningKey SigningKey { get; init; }

    /// <summary>Gets the certificate of the key that others encrypt to; its subject is the same.</summary>
    public required Certificate EncryptionCertificate { get; init; }

    /// <summary>Gets what opens messages that were encrypted to that certificate.</summary>
    public required EnvelopeKey EncryptionKey { get; init; }

    /// <summary>Gets what opens messages that were encrypted to the certificates before, because the sender did not know of this one yet.</summary>
    public IReadOnlyList<EnvelopeKey> FormerEncryptionKeys { get; init; } = [];

    /// <summary>Gets where trust in the others' certificates begins, at least one.</summary>
    public required IReadOnlyList<TrustAnchor> Anchors { get; init; }

    /// <summary>Gets the anchors as they are when a message is made or opened, another list where they have changed; null where <see cref="Anchors"/> stay for good.</summary>
    public Func<IReadOnlyList<TrustAnchor>>? PresentAnchors { get; init; }

    /// <summary>Gets what does the cryptography.</summary>
    public required CryptoProvider Provider { get; init; }

    /// <summary>Gets certificates of authorities between, sent along with each message.</summary>
    public IReadOnlyList<Certificate> Intermediates { get; init; } = [];

    /// <summary>Gets the only peer that is expected; null where everyone is whom the anchors certify.</summary>
    public DistinguishedName? Peer { get; init; }

    /// <summary>Gets a further check, such as a look into a list of revoked certificates; it is called after all others.</summary>
    public Func<Peer, bool>? Accepts { get; init; }

    /// <summary>Gets the clock against which validity is checked.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Gets the octets of content that a message may have.</summary>
    public int MessageLimit { get; init; } = 1 << 20;
}
