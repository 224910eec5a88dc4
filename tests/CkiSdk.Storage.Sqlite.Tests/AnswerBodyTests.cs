using CkiSdk.Protocol.Storage;
using static CkiSdk.Tests.Storage.Records;

namespace CkiSdk.Storage.Sqlite.Tests;

/// <summary>Shows that an answer is stored without the certificates that are stored with it, and comes back whole.</summary>
public sealed class AnswerBodyTests
{
    [Theory]
    [InlineData("one certificate in the middle", "x1y", "1", "xy")]
    [InlineData("one at each end and no octet between two", "1x23", "123", "x")]
    [InlineData("nothing but a certificate", "1", "1", "")]
    [InlineData("one that is not in the body", "xy", "1", "xy")]
    [InlineData("one twice in the body: once it stays", "1x1", "1", "x1")]
    [InlineData("one in another order than in the list: it stays", "2x1", "12", "2x")]
    [InlineData("no certificate", "xy", "", "xy")]
    [InlineData("an empty body", "", "1", "")]
    public void Of_TakesCertificatesOut_WholePutsThemBack(string what, string body, string certificates, string rest)
    {
        var octets = Octets(body);
        StoreChange[] changes = [.. certificates.Select(StoreChange (letter) => new StoreChange.AddCertificate(Issued(letter), Transaction(1)))];
        var cut = AnswerBody.Of(octets, changes);
        Assert.True(Octets(rest).AsSpan().SequenceEqual(cut.Rest), what);
        Assert.Equal(octets, cut.Whole(serial => Octets($"{(char)serial[^1]}")));
    }

    [Fact]
    public void Of_LeavesShortOnes_WhereTheyAre()
    {
        var changes = new StoreChange[] { new StoreChange.AddCertificate(Certificate(1) with { Encoded = new byte[] { 7, 8 } }, Transaction(1)) };
        Assert.Equal([1, 7, 8], AnswerBody.Of([1, 7, 8], changes).Rest);
    }

    private static IssuedCertificate Issued(char letter) => Certificate(1) with { Serial = new byte[] { 0, (byte)letter }, Encoded = Octets($"{letter}") };

    // A digit stands for a certificate of a length of its own, a letter for itself.
    private static byte[] Octets(string letters) =>
        [.. letters.SelectMany(letter => char.IsDigit(letter) ? [0x30, .. Enumerable.Repeat((byte)letter, 60 + letter)] : new[] { (byte)letter })];
}
