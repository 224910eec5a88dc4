using CkiSdk.Asn1.Modules.InformationFramework;
using CkiSdk.Crypto;

namespace CkiSdk.Protocol.Derivation;

/// <summary>Is what a certificate says of a dated key, and with the seed key all that is needed to recreate it (CKI Part 2 ¶122).</summary>
/// <param name="Usage">Send or receive.</param>
/// <param name="Group">The group of the key.</param>
/// <param name="NotBefore">The first second of the certificate's validity; fractions are cut.</param>
/// <param name="NotAfter">The last second of the certificate's validity; fractions are cut.</param>
/// <param name="User">The subject, exactly as it stands in the certificate.</param>
/// <param name="SeedKeyIdentifier">The DER of the seed key identifier, the content of the subjectKeyIdentifier.</param>
public sealed record DatedKeyDescription(
    DatedKeyUsage Usage, DhGroup Group, DateTimeOffset NotBefore, DateTimeOffset NotAfter, Name User, ReadOnlyMemory<byte> SeedKeyIdentifier);
