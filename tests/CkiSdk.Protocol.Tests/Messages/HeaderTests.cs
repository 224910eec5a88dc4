using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Protocol.Messages;

namespace CkiSdk.Protocol.Tests.Messages;

/// <summary>Shows what stands in the headers of messages that a party begins or answers (CKI Part 2 ¶14; profile section 4).</summary>
public sealed class HeaderTests
{
    private static readonly PKIBody Body = new PKIBody.CkiTrr(new CKITlcmaReqContent { ReqLocalIK = true });
    private static readonly MessageWriter Writer = new(TestDomain.A1, TestDomain.Provider.Random);

    [Fact]
    public void Begin_Writes_FreshNoncesAndIdentifiers()
    {
        var one = Writer.Begin(TestDomain.CmaName, Body, TestDomain.Now).Header;
        var other = Writer.Begin(TestDomain.CmaName, Body, TestDomain.Now).Header;
        Assert.Equal((16, 16), (one.TransactionID?.Length, one.SenderNonce?.Length));
        Assert.NotEqual(one.TransactionID, other.TransactionID);
        Assert.NotEqual(one.SenderNonce, other.SenderNonce);
        Assert.NotEqual(one.TransactionID, one.SenderNonce);
        Assert.Null(one.RecipNonce);
        Assert.Equal(PKIHeaderPvno.CkiVersion1, one.Pvno);
        Assert.Equal(new GeneralName.DirectoryName(TestDomain.A1.Name), one.Sender);
        Assert.Equal(new GeneralName.DirectoryName(TestDomain.CmaName.Name), one.Recipient);
    }

    [Fact]
    public void Begin_Writes_TheTimeToItsLastDigit()
    {
        var time = TestDomain.Now.AddTicks(1_234_567);
        Assert.Equal("20261122120000.1234567Z", Writer.Begin(TestDomain.CmaName, Body, time).Header.MessageTime?.ToString());
    }

    [Theory]
    [InlineData("hello", true)]
    [InlineData("", true)]
    [InlineData("Grüße", false)]
    [InlineData("😀", false)]
    public void FreeText_Is_Ia5StringWhereItCanBe(string text, bool isIa5)
    {
        var written = FreeText.From(text);
        Assert.Equal(isIa5, written is PKIFreeText.IA5String);
        Assert.Equal(text.Replace("😀", "\uFFFD\uFFFD", StringComparison.Ordinal), FreeText.Read(PKIFreeText.Decode(written.Encode())));
    }

    [Fact]
    public void FreeText_Is_CutAt1000Characters() => Assert.Equal(1000, FreeText.Read(FreeText.From(new string('a', 100_000))).Length);

    [Fact]
    public void FreeText_Shows_NoControlCharacters() =>
        Assert.Equal("a\uFFFD[2Jb\uFFFD\uFFFD", FreeText.Read(FreeText.From("a\u001b[2Jb\r\n")));

    [Fact]
    public void FreeText_Is_EmptyWhereThereIsNone() => Assert.Equal("", FreeText.Read(null));

    [Fact]
    public void Rejection_Names_FieldAndParagraph_WhateverTheLengthOfTheValue()
    {
        var text = new Rejection(PKIFailureInfo.UnauthorisedAccess, "user", new string('x', 100_000), "CKI Part 2 ¶85 a", "Ask.").ToString();
        Assert.StartsWith("user: xxx", text, StringComparison.Ordinal);
        Assert.EndsWith("... (CKI Part 2 ¶85 a). Ask.", text, StringComparison.Ordinal);
        Assert.Equal(text, FreeText.Read(FreeText.From(text)));
    }
}
