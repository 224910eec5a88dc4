using System.Security.Cryptography;
using CkiSdk.Asn1.Modules.CKIProfile;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Issuing;

/// <summary>Makes send and receive certificates (CKI Part 2 ¶81, ¶95; profile section 2).</summary>
internal sealed class CertificateIssuer(CmaContext cma)
{
    /// <summary>Makes a certificate; its serial number was stored before it is signed.</summary>
    /// <param name="usage">Send or receive.</param>
    /// <param name="subject">The user, exactly as in all his certificates.</param>
    /// <param name="decided">Validity and interoperability key.</param>
    /// <param name="state">The state that it was decided on.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask<(Certificate Certificate, StoreChange.AddCertificate Change)> IssueAsync(
        DatedKeyUsage usage, DistinguishedName subject, ValidityDecision.Decided decided, IStateView state, CancellationToken cancellationToken)
    {
        var generation = state.Issued(decided.Key, subject.Canonical);
        var identifier = Identifier(decided.Key, generation);
        var group = cma.GroupAt(decided.NotBefore, state);
        var description = new DatedKeyDescription(usage, group, decided.NotBefore, decided.NotAfter, subject.Name, identifier);
        var spki = DhPublicKeys.Encode(group, await PublicValueAsync(decided.Key, description, cancellationToken).ConfigureAwait(false));
        var serial = await cma.Serials.TakeAsync(cancellationToken).ConfigureAwait(false);
        var template = usage == DatedKeyUsage.Send
            ? CertificateProfiles.Send(subject, spki, decided.NotBefore, decided.NotAfter, identifier)
            : CertificateProfiles.Receive(subject, spki, decided.NotBefore, decided.NotAfter, identifier);
        var signer = cma.Signers.At(cma.Now);
        var certificate = await CertificateSigner.SignAsync(
            template, signer.Certificate, signer.Key, signer.Algorithm, serial, cancellationToken).ConfigureAwait(false);
        var issued = new IssuedCertificate(
            serial.ToUnsigned().ToArray(),
            usage == DatedKeyUsage.Send ? IssuedCertificate.Send : IssuedCertificate.Receive,
            subject.Canonical,
            certificate.NotAfter,
            certificate.Encoded)
        {
            KeyReference = decided.Key.MyReference,
            Generation = generation,
        };
        return (certificate, new StoreChange.AddCertificate(issued, cma.Serials.Owner));
    }

    /// <summary>Writes the identifier of a seed key as it stands in certificates (profile section 1).</summary>
    public static byte[] Identifier(StoredInteroperabilityKey key, long generation) =>
        new SeedKeyIdentifier { IkReference = InteroperabilityKeyRing.HomeReference(key), Generation = generation }.Encode();

    /// <summary>Recreates the private exponent of a certificate from the interoperability key (CKI Part 2 ¶122–123).</summary>
    public async ValueTask<Secret> ExponentAsync(StoredInteroperabilityKey key, DatedKeyDescription description, CancellationToken cancellationToken) =>
        await ExponentAsync(await cma.Keys.OpenAsync(key, cancellationToken).ConfigureAwait(false), description, cancellationToken).ConfigureAwait(false);

    /// <summary>Recomputes the public value of a certificate (profile section 4, External seed).</summary>
    public async ValueTask<byte[]> PublicValueAsync(StoredInteroperabilityKey key, DatedKeyDescription description, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var interoperabilityKey = await cma.Keys.OpenAsync(key, cancellationToken).ConfigureAwait(false);
        if (PublicValueAtOnce(interoperabilityKey, description) is { } publicValue)
        {
            return publicValue;
        }

        using var exponent = await ExponentAsync(interoperabilityKey, description, cancellationToken).ConfigureAwait(false);
        return cma.Party.Provider.DiffieHellman.PublicValue(description.Group, exponent);
    }

    private static async ValueTask<Secret> ExponentAsync(ISecretKey interoperabilityKey, DatedKeyDescription description, CancellationToken cancellationToken)
    {
        using var seed = await KeyDerivation.SeedKeyAsync(interoperabilityKey, description.User, description.SeedKeyIdentifier, cancellationToken).ConfigureAwait(false);
        return KeyDerivation.PrivateKey(seed, description);
    }

    private byte[]? PublicValueAtOnce(ISecretKey interoperabilityKey, DatedKeyDescription description)
    {
        Span<byte> exponent = stackalloc byte[description.Group.ExponentLength]; // at most 1024 octets
        try
        {
            return KeyDerivation.TryPrivateKey(interoperabilityKey, description, exponent) ? cma.Party.Provider.DiffieHellman.PublicValue(description.Group, exponent) : null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(exponent);
        }
    }
}
