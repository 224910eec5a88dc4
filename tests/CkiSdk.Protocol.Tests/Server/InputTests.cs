using System.Diagnostics;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;

namespace CkiSdk.Protocol.Tests.Server;

/// <summary>Shows what becomes of octets that no PKIMessage could answer (profile section 4, "No error body exists").</summary>
public sealed class InputTests
{
    [Theory]
    [InlineData("nothing", "")]
    [InlineData("garbage", "FFFFFFFF")]
    [InlineData("an empty sequence", "3000")]
    [InlineData("a header without a version", "30023000")]
    [InlineData("an indefinite length", "30800000")]
    [InlineData("a length beyond the end", "30847FFFFFFF")]
    [InlineData("a version that is no INTEGER", "300530030101FF")]
    public async Task HandleAsync_Refuses_OctetsThatAreNoMessage(string description, string hex)
    {
        using var domain = await TestDomain.Create(withKey: false);
        var refused = await Refused(domain, Convert.FromHexString(hex));
        Assert.True(refused.Text.Contains("PKIMessage", StringComparison.Ordinal), $"{description}: {refused.Text}");
    }

    [Fact]
    public async Task HandleAsync_Refuses_NestingBombs()
    {
        using var domain = await TestDomain.Create(withKey: false);
        var bomb = new byte[100_000];
        for (var i = 0; i < bomb.Length; i += 2) (bomb[i], bomb[i + 1]) = (0x30, 0x80);
        Assert.NotEmpty((await Refused(domain, bomb)).Text);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(30)]
    [InlineData(-20)]
    public async Task HandleAsync_Refuses_OtherVersions_BeforeItLooksAtTheBody(int version)
    {
        // In another protocol the body may be anything, so it is no CKI body here.
        using var domain = await TestDomain.Create(withKey: false);
        byte[] message = [0x30, 0x09, 0x30, 0x03, 0x02, 0x01, unchecked((byte)version), 0xA0, 0x02, 0x05, 0x00];
        var text = (await Refused(domain, message)).Text;
        Assert.Contains($"pvno: {version} ", text, StringComparison.Ordinal);
        Assert.Contains("¶15", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandleAsync_Refuses_AVersionOfAMillionOctets_Shortly()
    {
        using var domain = await TestDomain.Create(withKey: false);
        var number = new byte[1_000_000];
        number[0] = 1;
        var header = Element(0x30, Element(0x02, number));
        var refused = await Refused(domain, Element(0x30, header));
        Assert.Contains("pvno: a large number ", refused.Text, StringComparison.Ordinal);
        Assert.True(refused.Text.Length < 200);
    }

    [Fact]
    public async Task HandleAsync_Refuses_BodiesThatItDoesNotServe()
    {
        using var domain = await TestDomain.Create();
        var certificate = domain.Options.Certificate.Value;
        PKIBody[] bodies =
        [
            new PKIBody.CkiTrr(new CKITlcmaReqContent { ReqLocalIK = true }),
            new PKIBody.CkiSCann(certificate),
            new PKIBody.CkiSCrp(new CKISendCertRepContent { Status = new PKIStatusInfo { Status = PKIStatus.Granted } }),
        ];
        foreach (var body in bodies)
        {
            var refused = await Refused(domain, (domain.Request() with { Body = body }).Encode());
            Assert.StartsWith("body: ", refused.Text, StringComparison.Ordinal);
            Assert.Contains("¶16", refused.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task HandleAsync_Refuses_ATrailingOctet()
    {
        using var domain = await TestDomain.Create();
        Assert.NotEmpty((await Refused(domain, [.. domain.Request().Encode(), 0])).Text);
    }

    [Fact]
    public async Task HandleAsync_Refuses_AnAttributeTypeOfAMillionOctets_Shortly()
    {
        // One arc of that length would take minutes to write in decimal.
        using var domain = await TestDomain.Create();
        var arc = new byte[900_000];
        Array.Fill(arc, (byte)0xFF);
        (arc[0], arc[^1]) = (0x55, 0x7F);
        var name = Element(0x30, Element(0x31, Element(0x30, [.. Element(0x06, arc), 0x0C, 0x01, 0x41])));
        var header = Element(0x30, [0x02, 0x01, 0x14, .. Element(0xA4, name), .. Element(0xA4, name)]);
        var started = Stopwatch.StartNew();
        var refused = await Refused(domain, Element(0x30, [.. header, 0xBF, 0x26, 0x00]));
        Assert.Contains("PKIMessage.header.sender", refused.Text, StringComparison.Ordinal);
        Assert.True(started.Elapsed < TimeSpan.FromSeconds(10), $"it took {started.Elapsed}");
    }

    private static byte[] Element(byte tag, byte[] content)
    {
        var length = content.Length < 128
            ? new[] { (byte)content.Length }
            : new byte[] { 0x83, (byte)(content.Length >> 16), (byte)(content.Length >> 8), (byte)content.Length };
        return [tag, .. length, .. content];
    }

    private static async Task<HandlingResult.Refused> Refused(TestDomain domain, byte[] octets) => Assert.IsType<HandlingResult.Refused>(
        await domain.Cma.HandleAsync(new DeliveredMessage(octets, TestDomain.Signed, TestUser.A1.Peer)));
}
