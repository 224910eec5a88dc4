using System.Globalization;
using System.Text.Json;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.InformationFramework;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Protocol.Derivation;
using CkiSdk.TestSupport;

namespace CkiSdk.Protocol.Tests.Derivation;

/// <summary>Holds every derivation against the answers of an independent implementation (tests/vectors/derivation.json).</summary>
public sealed class KnownAnswerTests
{
    private static readonly JsonElement Vectors = JsonDocument.Parse(Repository.ReadText("tests/vectors/derivation.json")).RootElement;
    private static readonly CryptoProvider Provider = CryptoProviders.Software;

    public static TheoryData<string, int> Rows()
    {
        var rows = new TheoryData<string, int>();
        foreach (var kind in new[] { "private", "interoperability", "token" })
        {
            for (var i = 0; i < Vectors.GetProperty(kind).GetArrayLength(); i++)
            {
                rows.Add(kind, i);
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Derivation_Gives_KnownAnswer(string kind, int index)
    {
        var row = Vectors.GetProperty(kind)[index];
        switch (kind)
        {
            case "private": await SeedAndPrivateKeys(row); break;
            case "interoperability": Interoperability(row); break;
            default: Token(row); break;
        }
    }

    [Fact]
    public void Vectors_HoldAllKinds() =>
        Assert.All(["private", "interoperability", "token"], kind => Assert.Equal(9, Vectors.GetProperty(kind).GetArrayLength()));

    private static async Task SeedAndPrivateKeys(JsonElement row)
    {
        var group = Group(row);
        var user = Name.Decode(Octets(row, "user"));
        using var ik = await Provider.Keys.ImportSecretKeyAsync(Secret.From(Octets(row, "interoperabilityKey")), TestContext.Current.CancellationToken);
        using var seed = await KeyDerivation.SeedKeyAsync(ik, user, Octets(row, "seedKeyIdentifier"), TestContext.Current.CancellationToken);
        Assert.Equal(row.GetProperty("seedKey").GetString(), Convert.ToHexStringLower(seed.Span));

        using var seedKey = await Provider.Keys.ImportSecretKeyAsync(seed, TestContext.Current.CancellationToken);
        foreach (var (usage, name) in new[] { (DatedKeyUsage.Send, "send"), (DatedKeyUsage.Receive, "receive") })
        {
            var description = new DatedKeyDescription(usage, group, Time(row, "notBefore"), Time(row, "notAfter"), user, Octets(row, "seedKeyIdentifier"));
            using var exponent = await KeyDerivation.PrivateKeyAsync(seedKey, description, TestContext.Current.CancellationToken);
            Assert.Equal(row.GetProperty(name).GetProperty("x").GetString()!.PadLeft(2 * group.ExponentLength, '0'), Convert.ToHexStringLower(exponent.Span));
            var atOnce = new byte[group.ExponentLength];
            Assert.True(KeyDerivation.TryPrivateKey(ik, description, atOnce));
            Assert.Equal(exponent.Span.ToArray(), atOnce);
            var y = Provider.DiffieHellman.PublicValue(group, exponent);
            Assert.Equal(row.GetProperty(name).GetProperty("y").GetString(), Convert.ToHexStringLower(y));
        }
    }

    private static void Interoperability(JsonElement row)
    {
        var group = Group(row);
        using var privateA = Exponent(row, "domainPrivateA", group);
        using var privateB = Exponent(row, "domainPrivateB", group);
        using var sharedByA = Provider.DiffieHellman.Agree(group, privateA, Provider.DiffieHellman.PublicValue(group, privateB));
        using var sharedByB = Provider.DiffieHellman.Agree(group, privateB, Provider.DiffieHellman.PublicValue(group, privateA));
        var a = new DomainSide(Name.Decode(Octets(row, "cmaA")), Octets(row, "ikRefA"), Octets(row, "certificateHashA"));
        var b = new DomainSide(Name.Decode(Octets(row, "cmaB")), Octets(row, "ikRefB"), Octets(row, "certificateHashB"));
        using var one = KeyDerivation.InteroperabilityKey(sharedByA, a, b);
        using var other = KeyDerivation.InteroperabilityKey(sharedByB, b, a);
        Assert.Equal(row.GetProperty("interoperabilityKey").GetString(), Convert.ToHexStringLower(one.Span));
        Assert.True(other.FixedTimeEquals(one.Span));
    }

    private static void Token(JsonElement row)
    {
        var group = Group(row);
        using var send = Exponent(row, "sendPrivate", group);
        using var receive = Exponent(row, "receivePrivate", group);
        using var shared = Provider.DiffieHellman.Agree(group, send, Provider.DiffieHellman.PublicValue(group, receive));
        using var key = KeyDerivation.TokenKey(
            shared,
            Octets(row, "ukm"),
            Octets(row, "sendCertificateHash"),
            Octets(row, "receiveCertificateHash"),
            ObjectIdentifier.Parse(row.GetProperty("keyWrap").GetString()!));
        Assert.Equal(row.GetProperty("tokenKey").GetString(), Convert.ToHexStringLower(key.Span));
    }

    private static DhGroup Group(JsonElement row) => DhGroups.Named.Single(group => group.Name == row.GetProperty("group").GetString());

    private static Secret Exponent(JsonElement row, string name, DhGroup group)
    {
        var octets = Octets(row, name);
        var exponent = new Secret(group.ExponentLength);
        octets.CopyTo(exponent.Span[^octets.Length..]);
        return exponent;
    }

    private static byte[] Octets(JsonElement row, string name) => Convert.FromHexString(row.GetProperty(name).GetString()!);

    private static DateTimeOffset Time(JsonElement row, string name) =>
        DateTimeOffset.ParseExact(row.GetProperty(name).GetString()!, "yyyyMMddHHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
