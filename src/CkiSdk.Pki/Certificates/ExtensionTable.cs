using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;

namespace CkiSdk.Pki.Certificates;

/// <summary>Finds extensions by their identifiers: those of RFC 5280 §4.2.1 by the last octet of id-ce, any other by its hash.</summary>
/// <remarks>A certificate is asked some thirty times for an extension while it is checked; hashing would cost as much as decoding all of them.</remarks>
internal sealed class ExtensionTable
{
    // The place of id-ce 9, 14 to 19, 30 to 33, 35 to 37, 46 and 54; 0 for the others.
    private static readonly byte[] Places = MakePlaces();

    private readonly Extension?[] _known = new Extension?[17];
    private Dictionary<ObjectIdentifier, Extension>? _others;

    /// <summary>Takes extensions.</summary>
    /// <exception cref="DerException">One stands twice (RFC 5280 §4.2).</exception>
    public ExtensionTable(SequenceOf<Extension> extensions)
    {
        foreach (var extension in extensions)
        {
            if (!TryAdd(extension))
                throw new DerException(DerErrorKind.DuplicateComponent, 0, "Certificate.toBeSigned.extensions", $"extension {extension.ExtnId} stands twice");
        }
    }

    /// <summary>Finds an extension.</summary>
    public Extension? Find(ObjectIdentifier extnId) => PlaceOf(extnId) is > 0 and var place ? _known[place] : _others?.GetValueOrDefault(extnId);

    private static int PlaceOf(ObjectIdentifier extnId)
    {
        var octets = extnId.Encoded.Span;
        return octets.Length == 3 && octets[0] == 0x55 && octets[1] == 0x1D && octets[2] < Places.Length ? Places[octets[2]] : 0;
    }

    private static byte[] MakePlaces()
    {
        var places = new byte[55];
        byte place = 0;
        foreach (var arc in (ReadOnlySpan<byte>)[9, 14, 15, 16, 17, 18, 19, 30, 31, 32, 33, 35, 36, 37, 46, 54])
            places[arc] = ++place;
        return places;
    }

    private bool TryAdd(Extension extension)
    {
        var place = PlaceOf(extension.ExtnId);
        if (place == 0)
            return (_others ??= []).TryAdd(extension.ExtnId, extension);
        if (_known[place] is not null)
            return false;
        _known[place] = extension;
        return true;
    }
}
