using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using Attribute = CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004.Attribute;

namespace CkiSdk.Pki.Cms.Envelopes;

/// <summary>Makes the attributes that are authenticated with a content (RFC 5083 §2.1).</summary>
internal static class EnvelopeAttributes
{
    /// <summary>Makes the attributes; null for none.</summary>
    public static AuthAttributes? Make(ObjectIdentifier contentType, IReadOnlyList<Attribute> more)
    {
        if (contentType == CryptographicMessageSyntax2004Values.IdData && more.Count == 0)
            return null;
        IEnumerable<Attribute> type = more.Any(attribute => attribute.AttrType == CryptographicMessageSyntax2004Values.IdContentType)
            ? []
            : [new Attribute { AttrType = CryptographicMessageSyntax2004Values.IdContentType, AttrValues = [AnyValue.From(new ContentType(contentType))] }];
        return new AuthAttributes((SetOf<Attribute>)[.. type, .. more]);
    }

    /// <summary>Tells whether attributes fit the content: a contentType must be the content's, and only plain data need none.</summary>
    public static bool Fit(AuthAttributes? attributes, ObjectIdentifier contentType)
    {
        if (attributes is not { } present)
            return contentType == CryptographicMessageSyntax2004Values.IdData;
        var stated = present.Value.Where(attribute => attribute.AttrType == CryptographicMessageSyntax2004Values.IdContentType).ToList();
        return stated is [{ AttrValues: { Count: 1 } values }] && values[0] == AnyValue.From(new ContentType(contentType));
    }
}
