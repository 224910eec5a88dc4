namespace CkiSdk.Asn1.Generator.Tests;

/// <summary>Shows that values and defaults of every type have in C# the octets that the compiler gives them.</summary>
public sealed class ValueTests(GeneratedValues generated) : IClassFixture<GeneratedValues>
{
    public static TheoryData<int, string, string, string> Cases => [.. GeneratedValues.Cases.Select((entry, index) => (index, entry.Type, entry.Value, entry.Der.Replace(" ", "", StringComparison.Ordinal)))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Value_HasOctets(int index, string type, string value, string der) =>
        Assert.True(Convert.ToHexString(generated.Encode(generated.Value(index))) == der, $"{type} {value}: {Convert.ToHexString(generated.Encode(generated.Value(index)))}");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Default_IsLeftOut_AndComesBack(int index, string type, string value, string der)
    {
        var read = generated.Decode($"S{index}", [0x30, 0]);
        Assert.Equal("3000", Convert.ToHexString(generated.Encode(read)));
        var component = read.GetType().GetProperty("V")!.GetValue(read)!;
        Assert.True(Convert.ToHexString(generated.Encode(component)) == der, $"{type} {value}");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Default_IsRefused_WhereItIsEncoded(int index, string type, string value, string der)
    {
        var octets = Convert.FromHexString(der);
        byte[] whole = [0x30, (byte)(octets.Length + 2), 0xA9, (byte)octets.Length, .. octets];
        var refusal = Assert.Throws<DerException>(() => generated.Decode($"S{index}", whole));
        Assert.True(refusal.Kind == DerErrorKind.DefaultEncoded, $"{type} {value}: {refusal.Message}");
    }
}
