namespace CkiSdk.Crypto.Pkcs11.Tests;

public sealed class Pkcs11UriTests
{
    [Fact]
    public void Parse_Reads_EveryAttribute()
    {
        var uri = Pkcs11Uri.Parse(
            "pkcs11:token=My%20token%3B;manufacturer=M;serial=01;model=X;slot-id=7;object=caf%C3%A9;id=%00%ffA;type=private;x-own=1?module-path=/usr/lib/p11.so&pin-source=file:/etc/pin&x-more=2");
        Assert.Equal("My token;", uri.Token);
        Assert.Equal("M", uri.Manufacturer);
        Assert.Equal("01", uri.Serial);
        Assert.Equal("X", uri.Model);
        Assert.Equal(7UL, uri.SlotId);
        Assert.Equal("café", uri.Object);
        Assert.Equal([0x00, 0xFF, 0x41], uri.Id.ToArray());
        Assert.Equal("private", uri.Type);
        Assert.Equal("/usr/lib/p11.so", uri.ModulePath);
        Assert.Equal("file:/etc/pin", uri.PinSource);
        Assert.Equal(uri, Pkcs11Uri.Parse(uri.ToString()));
    }

    [Theory]
    [InlineData("another scheme", "http://token")]
    [InlineData("no value", "pkcs11:token")]
    [InlineData("no name", "pkcs11:=a")]
    [InlineData("an attribute twice", "pkcs11:token=a;token=b")]
    [InlineData("an unknown attribute", "pkcs11:tokn=a")]
    [InlineData("an unknown type", "pkcs11:type=key")]
    [InlineData("a slot that is no number", "pkcs11:slot-id=-1")]
    [InlineData("a percent sign without digits", "pkcs11:token=%4")]
    [InlineData("a PIN", "pkcs11:token=a?pin-value=1234")]
    public void Parse_Refuses_WhatIsWrong(string description, string text)
    {
        var exception = Assert.Throws<FormatException>(() => Pkcs11Uri.Parse(text));
        Assert.NotEmpty(description);
        Assert.DoesNotContain("1234", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Matches_Compares_WhatIsNamed()
    {
        var slot = new Pkcs11Slot(3, "label", Pkcs11SlotFlags.TokenPresent | Pkcs11SlotFlags.TokenInitialized) { Serial = "s", Model = "m", Manufacturer = "f" };
        Assert.True(Pkcs11Uri.Parse("pkcs11:token=label;serial=s;model=m;manufacturer=f;slot-id=3").Matches(slot));
        foreach (var other in new[] { "token=Label", "serial=t", "model=n", "manufacturer=g", "slot-id=4" })
            Assert.False(Pkcs11Uri.Parse("pkcs11:" + other).Matches(slot), other);
        Assert.False(Pkcs11Uri.Parse("pkcs11:token=label").Matches(slot with { Flags = Pkcs11SlotFlags.TokenPresent }));
    }
}
