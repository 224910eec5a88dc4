using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;

namespace CkiSdk;

/// <summary>Holds the send certificates of a user and the receive certificates of those to whom he writes.</summary>
/// <remarks>It may be used by several callers at once.</remarks>
public sealed class CertificateWallet
{
    private readonly Lock _gate = new();
    private readonly List<Certificate> _certificates = [];

    /// <summary>Gets all certificates, those that came last first.</summary>
    public IReadOnlyList<Certificate> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _certificates];
            }
        }
    }

    /// <summary>Gets the send certificates, those that came last first.</summary>
    public IReadOnlyList<Certificate> Send => [.. All.Where(certificate => IsFor(certificate, KeyUsage.EncipherOnly))];

    /// <summary>Gets the receive certificates, those that came last first.</summary>
    public IReadOnlyList<Certificate> Receive => [.. All.Where(certificate => IsFor(certificate, KeyUsage.DecipherOnly))];

    /// <summary>Takes a certificate, unless it is there.</summary>
    /// <param name="certificate">The certificate, checked before.</param>
    public void Add(Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        lock (_gate)
        {
            if (!_certificates.Contains(certificate))
            {
                _certificates.Insert(0, certificate);
            }
        }
    }

    /// <summary>Finds the certificates of a user that are valid at a time, the latest end first.</summary>
    /// <param name="user">The user.</param>
    /// <param name="isSend">Whether send certificates are wanted, or receive certificates.</param>
    /// <param name="time">The time.</param>
    public IReadOnlyList<Certificate> Find(DistinguishedName user, bool isSend, DateTimeOffset time) =>
        [.. (isSend ? Send : Receive).Where(certificate => certificate.Subject.Equals(user) && certificate.IsValidAt(time)).OrderByDescending(certificate => certificate.NotAfter)];

    private static bool IsFor(Certificate certificate, KeyUsage usage) => certificate.KeyUsage == (KeyUsage.KeyAgreement | usage);
}
