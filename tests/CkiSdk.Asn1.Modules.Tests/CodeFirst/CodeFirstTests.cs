using CkiSdk.Asn1.Dynamic;
using CkiSdk.TestSupport;

namespace CkiSdk.Asn1.Modules.Tests.CodeFirst;

/// <summary>Shows what the codecs of types that are written in C# read and write.</summary>
public sealed class CodeFirstTests
{
    private static readonly Order Full = new(7, new Contact.Mail("a@b"), "now")
    {
        Urgency = Urgency.High,
        Pieces = 12,
        Picture = [1, 2],
        Due = new DateTimeOffset(2031, 2, 3, 4, 5, 6, TimeSpan.Zero),
        Serial = 1000,
        Lines = ["x", "y"],
    };

    [Fact]
    public void Encode_Gives_TheTagsAndTypesOfTheAttributes()
    {
        Assert.Equal(
            Hex.Decode("30 34 02 01 07 80 03 61 40 62 80 03 6E 6F 77 81 01 05 82 01 0C 83 02 01 02 84 0F 32 30 33 31 30 32 30 33 30 34 30 35 30 36 5A 85 02 03 E8 30 06 0C 01 78 0C 01 79"),
            Full.Encode());
        Assert.Equal(Hex.Decode("30 0A 02 01 07 81 00 30 03 0C 01 7A"), new Order(7, new Contact.Nobody()) { Lines = ["z"] }.Encode());
    }

    [Fact]
    public void Decode_Gives_WhatWasEncoded()
    {
        var read = Order.Decode(Full.Encode());
        Assert.Equal((7, new Contact.Mail("a@b"), "now", Urgency.High), (read.Number, (Contact.Mail)read.Customer, read.Note, read.Urgency));
        Assert.Equal((Full.Pieces, Full.Due, Full.Serial), (read.Pieces, read.Due, read.Serial));
        Assert.Equal([1, 2], read.Picture!);
        Assert.Equal(["x", "y"], read.Lines);
        var least = Order.Decode(Hex.Decode("30 0A 02 01 07 81 00 30 03 0C 01 7A"));
        Assert.Equal((null, Urgency.Normal, null, null), (least.Note, least.Urgency, least.Pieces, least.Picture));
    }

    [Theory]
    [InlineData("default that is encoded", "30 0D 02 01 07 81 00 81 01 00 30 03 0C 01 7A", DerErrorKind.DefaultEncoded)]
    [InlineData("number outside its range", "30 0D 02 01 07 81 00 82 01 65 30 03 0C 01 7A", DerErrorKind.ConstraintViolated)]
    [InlineData("list that is too short", "30 07 02 01 07 81 00 30 00", DerErrorKind.ConstraintViolated)]
    [InlineData("item that is unknown", "30 0D 02 01 07 81 00 81 01 01 30 03 0C 01 7A", DerErrorKind.InvalidEnumerated)]
    [InlineData("alternative that is unknown", "30 0A 02 01 07 86 00 30 03 0C 01 7A", DerErrorKind.UnexpectedTag)]
    public void Decode_Rejects(string description, string der, DerErrorKind kind)
    {
        var refused = Assert.Throws<DerException>(() => Order.Decode(Hex.Decode(der)));
        Assert.True(refused.Kind == kind, $"{description}: {refused.Message}");
    }

    [Fact]
    public void Encode_Rejects_WhatDecodeWould()
    {
        Assert.Throws<InvalidOperationException>(() => (Full with { Pieces = 101 }).Encode());
        Assert.Throws<InvalidOperationException>(() => (Full with { Lines = [] }).Encode());
    }

    [Fact]
    public void UnknownExtensions_AreKept()
    {
        var der = Hex.Decode("30 0D 02 01 07 81 00 30 03 0C 01 7A 99 01 00");
        Assert.Equal(der, Order.Decode(der).Encode());
    }

    [Fact]
    public void View_Reads_TheSameOctets()
    {
        var view = OrderView.Decode(Full.Encode());
        Assert.Equal(7, view.Number);
        Assert.Equal(Urgency.High, view.Urgency);
    }

    [Fact]
    public void Notation_CompiledAgain_IsTheSameType()
    {
        var notation = Order.Descriptor.ToNotation();
        var schema = Asn1Schema.Parse(notation);
        Assert.True(!schema.HasErrors && schema.TryFind("Order", out _), notation + string.Join('\n', schema.Diagnostics));
        schema.TryFind("Order", out var type);
        foreach (var order in new[] { Full, new Order(7, new Contact.Nobody()) { Lines = ["z"] } })
        {
            var json = Jer.FromDer(type!, order.Encode());
            Assert.Equal(Jer.FromDer(Order.Descriptor, order.Encode()), json);
            Assert.Equal(order.Encode(), Jer.ToDer(type!, json));
        }
    }
}
