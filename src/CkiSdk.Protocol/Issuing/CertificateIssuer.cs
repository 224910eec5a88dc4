using System.Diagnostics.CodeAnalysis;
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
    /// <summary>Gets how many certificates are best made at a time.</summary>
    public int AtOnce => cma.Powers.AtOnce;

    /// <summary>Makes a certificate; its serial number was stored before it is signed.</summary>
    /// <param name="usage">Send or receive.</param>
    /// <param name="subject">The user, exactly as in all his certificates.</param>
    /// <param name="decided">Validity and interoperability key.</param>
    /// <param name="state">The state that it was decided on.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask<(Certificate Certificate, StoreChange.AddCertificate Change)> IssueAsync(
        DatedKeyUsage usage, DistinguishedName subject, ValidityDecision.Decided decided, IStateView state, CancellationToken cancellationToken)
    {
        var plan = CertificatePlan.For(usage, subject, decided, cma, state);
        return await SignAsync(plan, await PublicValueAsync(decided.Key, plan.Description, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes several certificates, as <see cref="IssueAsync(DatedKeyUsage, DistinguishedName, ValidityDecision.Decided, IStateView, CancellationToken)"/> makes each.</summary>
    /// <returns>The certificates in the order of the plans.</returns>
    public async ValueTask<(Certificate Certificate, StoreChange.AddCertificate Change)[]> IssueAsync(IReadOnlyList<CertificatePlan> plans, CancellationToken cancellationToken)
    {
        var values = await PublicValuesAsync(plans, cancellationToken).ConfigureAwait(false);
        var issued = new (Certificate, StoreChange.AddCertificate)[plans.Count];
        for (var i = 0; i < issued.Length; i++)
        {
            issued[i] = await SignAsync(plans[i], values[i], cancellationToken).ConfigureAwait(false);
        }

        return issued;
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
        if (TryPublicValue(interoperabilityKey, description, out var publicValue))
        {
            return await publicValue.ConfigureAwait(false);
        }

        using var exponent = await ExponentAsync(interoperabilityKey, description, cancellationToken).ConfigureAwait(false);
        return await cma.Powers.PublicValueAsync(description.Group, exponent.Span).ConfigureAwait(false);
    }

    private static async ValueTask<Secret> ExponentAsync(ISecretKey interoperabilityKey, DatedKeyDescription description, CancellationToken cancellationToken)
    {
        using var seed = await KeyDerivation.SeedKeyAsync(interoperabilityKey, description.User, description.SeedKeyIdentifier, cancellationToken).ConfigureAwait(false);
        return KeyDerivation.PrivateKey(seed, description);
    }

    private async ValueTask<byte[][]> PublicValuesAsync(IReadOnlyList<CertificatePlan> plans, CancellationToken cancellationToken)
    {
        var values = new byte[plans.Count][];
        if (AtOnce == 1 || plans.Count == 1)
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = await PublicValueAsync(plans[i].Key, plans[i].Description, cancellationToken).ConfigureAwait(false);
            }

            return values;
        }

        foreach (var ofGroup in plans.Index().GroupBy(each => each.Item.Description.Group))
        {
            (int Index, CertificatePlan Plan)[] each = [.. ofGroup];
            var length = ofGroup.Key.ExponentLength;
            using var exponents = new Secret(each.Length * length);
            for (var i = 0; i < each.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await WriteExponentAsync(each[i].Plan, exponents.Memory.Slice(i * length, length), cancellationToken).ConfigureAwait(false);
            }

            foreach (var (i, value) in (await cma.Powers.PublicValuesAsync(ofGroup.Key, exponents.Memory).ConfigureAwait(false)).Index())
            {
                values[each[i].Index] = value;
            }
        }

        return values;
    }

    private async ValueTask WriteExponentAsync(CertificatePlan plan, Memory<byte> destination, CancellationToken cancellationToken)
    {
        var interoperabilityKey = await cma.Keys.OpenAsync(plan.Key, cancellationToken).ConfigureAwait(false);
        if (!KeyDerivation.TryPrivateKey(interoperabilityKey, plan.Description, destination.Span))
        {
            using var exponent = await ExponentAsync(interoperabilityKey, plan.Description, cancellationToken).ConfigureAwait(false);
            exponent.Span.CopyTo(destination.Span);
        }
    }

    // False where the key is not in this process.
    private bool TryPublicValue(ISecretKey interoperabilityKey, DatedKeyDescription description, [NotNullWhen(true)] out Task<byte[]>? publicValue)
    {
        Span<byte> exponent = stackalloc byte[description.Group.ExponentLength]; // at most 1024 octets
        try
        {
            publicValue = KeyDerivation.TryPrivateKey(interoperabilityKey, description, exponent) ? cma.Powers.PublicValueAsync(description.Group, exponent) : null;
            return publicValue is not null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(exponent);
        }
    }

    private async ValueTask<(Certificate Certificate, StoreChange.AddCertificate Change)> SignAsync(CertificatePlan plan, byte[] publicValue, CancellationToken cancellationToken)
    {
        var serial = await cma.Serials.TakeAsync(cancellationToken).ConfigureAwait(false);
        var signer = cma.Signers.At(cma.Now);
        var certificate = await CertificateSigner.SignAsync(
            plan.Template(DhPublicKeys.Encode(plan.Description.Group, publicValue)), signer.Certificate, signer.Key, signer.Algorithm, serial, cancellationToken).ConfigureAwait(false);
        var issued = new IssuedCertificate(
            serial.ToUnsigned().ToArray(),
            plan.Description.Usage == DatedKeyUsage.Send ? IssuedCertificate.Send : IssuedCertificate.Receive,
            plan.Subject.Canonical,
            certificate.NotAfter,
            certificate.Encoded)
        {
            KeyReference = plan.Key.MyReference,
            Generation = plan.Generation,
        };
        return (certificate, new StoreChange.AddCertificate(issued, cma.Serials.Owner));
    }
}
