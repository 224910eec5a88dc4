using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Names;

namespace CkiSdk.Protocol.Messages;

/// <summary>Decodes messages: the version first, because the same body tags mean other things in other protocols (profile section 4).</summary>
public static class MessageReader
{
    /// <summary>The version that this profile speaks (CKI Part 2 ¶15 b).</summary>
    public static PKIHeaderPvno Version => PKIHeaderPvno.CkiVersion1;

    /// <summary>Decodes a message.</summary>
    /// <param name="octets">The DER of a PKIMessage.</param>
    /// <exception cref="DerException">The octets are no PKIMessage.</exception>
    /// <exception cref="CkiProtocolException">The version is another one.</exception>
    public static PKIMessage Decode(ReadOnlyMemory<byte> octets)
    {
        // Whether the version is another one is the first question only where the answer matters.
        if (PKIMessage.TryDecode(octets, out var message) && message.Header.Pvno == Version)
        {
            return message;
        }

        var version = Der.Decode("PKIMessage", octets, PeekVersion);
        if (version != Version)
        {
            // A number of any length may stand here; to write out a very long one would take a long time.
            var number = version.Value.TryToInt32(out var small) ? $"{small}" : "a large number";
            throw new CkiProtocolException($"pvno: {number} is not served here, only cki-version1 (20) (CKI Part 2 ¶15, profile section 4).");
        }

        return PKIMessage.Decode(octets);
    }

    /// <summary>Returns the directory name of a header's sender or recipient; null where it is another kind of name.</summary>
    /// <param name="name">The header's field.</param>
    public static DistinguishedName? DirectoryName(GeneralName name) =>
        name is GeneralName.DirectoryName directory ? DistinguishedName.From(directory.Value) : null;

    /// <summary>Tells whether a header's sender or recipient is a party.</summary>
    /// <param name="name">The header's field.</param>
    /// <param name="party">The party.</param>
    internal static bool Is(GeneralName name, DistinguishedName party) =>
        name is GeneralName.DirectoryName directory && DistinguishedName.From(directory.Value, party).Equals(party);

    /// <summary>Returns the DER of a message's body as the sender encoded it; two requests are the same where it is.</summary>
    /// <param name="message">The message.</param>
    public static byte[] BodyOctets(PKIMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.Body.Encode();
    }

    private static PKIHeaderPvno PeekVersion(ref DerReader reader)
    {
        var message = reader.Enter(Tag.Sequence);
        reader.Field("header");
        var header = reader.Enter(Tag.Sequence);
        reader.Field("pvno");
        var version = PKIHeaderPvno.Decode(ref reader, Tag.Integer);
        SkipRest(ref reader);
        reader.Leave(header);
        SkipRest(ref reader);
        reader.Leave(message);
        return version;
    }

    // In another protocol the components have other names.
    private static void SkipRest(ref DerReader reader)
    {
        reader.NoField();
        while (reader.HasData)
        {
            reader.SkipAny();
        }
    }
}
