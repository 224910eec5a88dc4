using System.Text.Json;
using CkiSdk.Crypto.Software;
using CkiSdk.TestSupport;

namespace CkiSdk.Crypto.Tests.Ffdh;

/// <summary>Runs the published vectors, and shows that they are what the independent arithmetic gives; <c>CKI_SNAPSHOTS=update</c> writes them anew.</summary>
public sealed class FfdhVectorTests
{
    private static readonly string Published = Repository.PathOf("tests/vectors/ffdh.json");

    public static TheoryData<string, IDiffieHellman> Implementations => new()
    {
        { "libcrypto", new LibCryptoDiffieHellman() },
        { "BouncyCastle", new BouncyCastleDiffieHellman() },
    };

    [Fact]
    public void PublishedVectors_Equal_TheIndependentArithmetic()
    {
        var made = FfdhVectors.Make();
        if (Environment.GetEnvironmentVariable("CKI_SNAPSHOTS") == "update")
            File.WriteAllText(Published, made);
        Assert.True(made == File.ReadAllText(Published).ReplaceLineEndings("\n"), "tests/vectors/ffdh.json is not what the arithmetic gives.");
    }

    [Theory]
    [MemberData(nameof(Implementations))]
    public void Agree_Does_WhatTheVectorsSay(string name, IDiffieHellman arithmetic)
    {
        Assert.NotEmpty(name);
        var count = 0;
        foreach (var (group, test) in Tests("FfdhTest"))
        {
            using var exponent = Secret.From(Octets(test, "private"));
            var parameters = DhGroups.Named.Single(g => g.Name == group.GetProperty("group").GetString());
            var isAccepted = true;
            try
            {
                using var shared = arithmetic.Agree(parameters, exponent, Octets(test, "public"));
                Assert.Equal(test.GetProperty("shared").GetString(), Numbers.Hex(shared.Span));
            }
            catch (CryptoProviderException)
            {
                isAccepted = false;
            }

            Assert.True(isAccepted == (test.GetProperty("result").GetString() == "valid"), test.GetProperty("comment").GetString());
            count++;
        }

        Assert.InRange(count, 70, 1000);
    }

    [Fact]
    public void FromValue_Does_WhatTheVectorsSay()
    {
        var arithmetic = new LibCryptoDiffieHellman();
        foreach (var (_, test) in Tests("FfdhGroupTest"))
        {
            var thrown = Record.Exception(() => DhGroup.FromValue("by value", Octets(test, "p"), Octets(test, "g"), arithmetic));
            Assert.True((thrown is null) == (test.GetProperty("result").GetString() == "valid"), test.GetProperty("comment").GetString());
            Assert.True(thrown is null or ArgumentException, $"{test.GetProperty("comment").GetString()}: {thrown}");
        }
    }

    private static IEnumerable<(JsonElement Group, JsonElement Test)> Tests(string type)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Published));
        foreach (var group in document.RootElement.GetProperty("testGroups").EnumerateArray().Where(group => group.GetProperty("type").GetString() == type))
        {
            foreach (var test in group.GetProperty("tests").EnumerateArray())
                yield return (group, test);
        }
    }

    private static byte[] Octets(JsonElement test, string name) => Convert.FromHexString(test.GetProperty(name).GetString()!);
}
