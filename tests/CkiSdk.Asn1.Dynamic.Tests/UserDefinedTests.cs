namespace CkiSdk.Asn1.Dynamic.Tests;

/// <summary>Shows that types at run time keep to what is registered for their CONSTRAINED BY: types, components, elements of lists, and other names of types.</summary>
public sealed class UserDefinedTests
{
    private readonly Asn1Schema _schema = Asn1Schema.Parse("""
        M DEFINITIONS AUTOMATIC TAGS ::= BEGIN
        Even ::= INTEGER (CONSTRAINED BY { -- an even number -- }) (0..99)
        Pair ::= SEQUENCE { a INTEGER (CONSTRAINED BY {Even: other}), b Even, list SEQUENCE OF UTF8String (CONSTRAINED BY {}) } (CONSTRAINED BY {})
        Other ::= [5] EXPLICIT Even
        Plain ::= INTEGER (0..5)
        END
        """);

    [Theory]
    [InlineData("Even", "020104", "020103")]
    [InlineData("Other", "A503020104", "A503020103")]
    [InlineData("Pair", "300A800107810104A2020C00", "300A800108810104A2020C00")]
    [InlineData("Pair", "300A800107810104A2020C00", "300A800107810103A2020C00")]
    [InlineData("Pair", "300B800107810104A2030C0161", "300D800107810104A2050C03616263")]
    [InlineData("Pair", "3008800107810104A200", "3008800105810104A200")]
    public void RegisteredCheck_Refuses_WhatItDoesNotPermit(string name, string inside, string outside)
    {
        var (even, pair, type) = (_schema.Types["M.Even"], _schema.Types["M.Pair"], _schema.Types["M." + name]);
        type.Check(Convert.FromHexString(outside));
        even.ConstrainedBy(der => (der.Span[^1] & 1) == 0);
        pair.Find("a")!.Type.ConstrainedBy(der => der.Span[^1] != 8);
        pair.Find("list")!.Type.Element!.ConstrainedBy(der => der.Length < 5);
        pair.ConstrainedBy(der => der.Span[4] > 6);
        type.Check(Convert.FromHexString(inside));
        Assert.Equal(inside, Convert.ToHexString(Jer.ToDer(type, Jer.FromDer(type, Convert.FromHexString(inside)))));
        Assert.Equal(DerErrorKind.ConstraintViolated, Assert.Throws<DerException>(() => type.Check(Convert.FromHexString(outside))).Kind);
        Assert.Throws<JerException>(() => Jer.ToDer(type, Json(name, outside)));
        Assert.Equal(inside, Convert.ToHexString(Ber.ToDer(type, Convert.FromHexString(inside))));
        type.Check(RandomValue.Encode(even, new Random(1), 5) is { } value && name == "Even" ? value : Convert.FromHexString(inside));
    }

    [Fact]
    public void ConstrainedBy_IsTaken_Back_AndAsksForTheWords()
    {
        var even = _schema.Types["M.Even"];
        even.ConstrainedBy(_ => false);
        Assert.Throws<DerException>(() => even.Check(Convert.FromHexString("020104")));
        even.ConstrainedBy(null);
        even.Check(Convert.FromHexString("020104"));
        Assert.Throws<InvalidOperationException>(() => _schema.Types["M.Plain"].ConstrainedBy(_ => true));
        Assert.Contains("CONSTRAINED BY {", even.ToNotation(), StringComparison.Ordinal);
        Assert.False(Asn1Schema.Parse(_schema.Types["M.Pair"].ToNotation()).HasErrors);
    }

    // The same notation, of which nothing was registered.
    private static string Json(string name, string hex) => Jer.FromDer(new UserDefinedTests()._schema.Types["M." + name], Convert.FromHexString(hex));
}
