using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.TestSupport;

namespace CkiSdk.Asn1.Modules.Tests.Messages;

/// <summary>Holds the alternatives of PKIBody to octets that were worked out by hand from Annex A and X.690 8.1.2.</summary>
public sealed class BodyTests
{
    // The smallest certificate that the syntax permits: serial 1, algorithm 1.2.3, empty names, January 2025, no key bits, no signature bits.
    private const string Certificate = $"""
        30 43                                            -- Certificate
           30 38                                         -- toBeSigned, version v1 left out
              02 01 01                                   -- serialNumber
              30 04 06 02 2A 03                          -- signature
              30 00                                      -- issuer
              {Validity}
              30 00                                      -- subject
              30 09 30 04 06 02 2A 03 03 01 00           -- subjectPublicKeyInfo
           30 04 06 02 2A 03                             -- algorithmIdentifier
           03 01 00                                      -- encrypted
        """;

    private const string Validity = """
        30 1E 17 0D 32 35 30 31 30 31 30 30 30 30 30 30 5A  -- validity, notBefore 250101000000Z
              17 0D 32 35 30 31 30 31 30 30 30 30 30 30 5A  -- notAfter
        """;

    private const string Start = "18 0F 32 30 32 35 30 31 30 31 30 30 30 30 30 30 5A";
    private const string Granted = "30 03 02 01 00";
    private const string SimpleBind = "A0 06 30 04 A0 02 30 00";

    /// <summary>Gets the rows: number in the module, alternative, octets.</summary>
    public static TheoryData<int, string, string> Bodies => new()
    {
        { 6, "Krr", "A6 04  30 02  30 00" },
        { 7, "Krp", $"A7 07  30 05 {Granted}" },
        { 15, "Crlann", "AF 02  30 00" },
        { 30, "CkiTrr", "BE 05  30 03  01 01 FF" },
        { 31, "CkiTrp", $"BF 1F 07  30 05 {Granted}" },
        { 32, "CkiTann", "BF 20 02  30 00" },
        { 33, "CkiPrr", $"BF 21 4C  30 4A {Certificate}\n 04 01 41  30 00" },
        { 34, "CkiPrp", $"BF 22 07  30 05 {Granted}" },
        { 35, "CkiESrr", $"BF 23 45 {Certificate}" },
        { 36, "CkiESrp", $"BF 24 07  30 05 {Granted}" },
        { 37, "CkiESann", $"BF 25 2D  30 2B  A0 29  30 27  30 00  30 00  03 01 00 {Validity}" },
        { 38, "CkiSCrr", $"BF 26 15  30 13  30 00 {Start}" },
        { 39, "CkiSCrp", $"BF 27 07  30 05 {Granted}" },
        { 40, "CkiSCann", $"BF 28 45 {Certificate}" },
        { 41, "CkiRCrr", $"BF 29 15  30 13  30 00 {Start}" },
        { 42, "CkiRCrp", $"BF 2A 07  30 05 {Granted}" },
        { 43, "CkiRCann", "BF 2B 02  30 00" },
        { 44, "CkiRULann", "BF 2C 06  30 04  30 00  30 00" },
        { 45, "CkiBindrr", $"BF 2D 08  {SimpleBind}" },
        { 46, "CkiBindrp", $"BF 2E 0F  30 0D {Granted} {SimpleBind}" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void EachAlternative_HasTheTag_OfTheModule(int number, string alternative, string hex)
    {
        var der = Hex.Decode(hex);
        var body = PKIBody.Decode(der);
        Assert.Equal(alternative, body.GetType().Name);
        Assert.Equal(Hex.Encode(der), Hex.Encode(body.Encode()));
        Assert.Equal(number, der[0] == 0xBF ? der[1] : der[0] & 0x1F);
    }

    [Fact]
    public void Rows_Name_EveryAlternative()
    {
        var alternatives = typeof(PKIBody).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(PKIBody))).Select(type => type.Name);
        Assert.Equal(alternatives.Order(StringComparer.Ordinal), Bodies.Select(row => row.Data.Item2).Order(StringComparer.Ordinal));
        Assert.Equal(20, Bodies.Count);
    }

    [Theory]
    [InlineData("[29], which no alternative has", "BD 02 30 00")]
    [InlineData("[47], which no alternative has", "BF 2F 02 30 00")]
    [InlineData("[6] primitive", "86 04 30 02 30 00")]
    [InlineData("[APPLICATION 6]", "66 04 30 02 30 00")]
    [InlineData("[30] in the long form", "BF 1E 05 30 03 01 01 FF")]
    [InlineData("implicit tag", "BE 03 01 01 FF")]
    [InlineData("second element inside the tag", "BE 07 30 03 01 01 FF 05 00")]
    public void Decode_Rejects_OtherTags(string reason, string hex) => Assert.ThrowsAny<DerException>(() => PKIBody.Decode(Hex.Decode(hex)).ToString() + reason);
}
