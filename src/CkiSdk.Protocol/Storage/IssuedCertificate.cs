namespace CkiSdk.Protocol.Storage;

/// <summary>Is a certificate that this authority has issued.</summary>
/// <param name="Serial">The serial number's content octets.</param>
/// <param name="Usage">What it is for: <see cref="Send"/>, <see cref="Receive"/> or another word for certificates that are no user's.</param>
/// <param name="Subject">The subject's name in canonical form.</param>
/// <param name="NotAfter">The end of its validity.</param>
/// <param name="Encoded">The DER of the certificate.</param>
public sealed record IssuedCertificate(ReadOnlyMemory<byte> Serial, string Usage, string Subject, DateTimeOffset NotAfter, ReadOnlyMemory<byte> Encoded)
{
    /// <summary>The usage of send certificates.</summary>
    public const string Send = "send";

    /// <summary>The usage of receive certificates.</summary>
    public const string Receive = "receive";

    /// <summary>Gets this authority's reference of the interoperability key that the certificate's key comes from; null for certificates of no user.</summary>
    public string? KeyReference { get; init; }

    /// <summary>Gets the generation of the user's seed key.</summary>
    public long Generation { get; init; }
}
