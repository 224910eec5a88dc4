using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.ANSIX942;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;

namespace CkiSdk.Pki.Tests.Algorithms;

/// <summary>Shows how Diffie-Hellman public keys are written and which are refused.</summary>
public sealed class DhPublicKeysTests
{
    private static readonly DhGroup Group = DhGroups.Ffdhe2048;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(256)]
    public void TryDecode_Gives_WhatWasEncoded(int length)
    {
        var y = Enumerable.Repeat((byte)0x7A, length).ToArray();
        var der = DhPublicKeys.Encode(Group, y);
        Assert.True(DhPublicKeys.TryDecode(der, DhGroups.Named, out var group, out var value));
        Assert.Same(Group, group);
        Assert.Equal(Group.Length, value.Length);
        Assert.Equal(y, value[^length..]);
        Assert.All(value[..^length], octet => Assert.Equal(0, octet));
    }

    [Fact]
    public void TryDecode_Refuses_GroupsThatAreNotAccepted() =>
        Assert.False(DhPublicKeys.TryDecode(DhPublicKeys.Encode(Group, [5]), new DhGroupSet(DhGroups.Ffdhe3072), out _, out _));

    [Fact]
    public void TryDecode_Refuses_ValuesOutOfRange()
    {
        var p = Integer.FromUnsigned(Group.P.Span).ToBigInteger();
        foreach (var y in (System.Numerics.BigInteger[])[-1, 0, 1, p - 1, p, p + 1])
            Assert.False(DhPublicKeys.TryDecode(Key(y, parameters => parameters), DhGroups.Named, out _, out _), y.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.True(DhPublicKeys.TryDecode(Key(p - 2, parameters => parameters), DhGroups.Named, out _, out _));
    }

    [Fact]
    public void TryDecode_Refuses_OtherParameters()
    {
        Func<DomainParameters, DomainParameters>[] changes =
        [
            parameters => parameters with { J = (Integer)2 },
            parameters => parameters with { G = (Integer)3 },
            parameters => parameters with { Q = (Integer)(parameters.Q.ToBigInteger() - 1) },
            parameters => parameters with { P = (Integer)(parameters.P.ToBigInteger() + 2) },
            parameters => parameters with { P = (Integer)(-parameters.P.ToBigInteger()) },
            parameters => parameters with { ValidationParms = new ValidationParms { Seed = default, PgenCounter = 1 } },
        ];
        Assert.All(changes, change => Assert.False(DhPublicKeys.TryDecode(Key(5, change), DhGroups.Named, out _, out _)));
    }

    [Fact]
    public void TryDecode_Refuses_OtherOctets()
    {
        Assert.False(DhPublicKeys.TryDecode(new byte[] { 0x30, 0 }, DhGroups.Named, out _, out _));
        Assert.False(DhPublicKeys.TryDecode(default, DhGroups.Named, out _, out _));
    }

    [Fact]
    public void Encode_Refuses_Zero() => Assert.Throws<ArgumentException>(() => DhPublicKeys.Encode(Group, [0, 0]));

    private static byte[] Key(System.Numerics.BigInteger y, Func<DomainParameters, DomainParameters> change)
    {
        var algorithm = DhPublicKeys.IdentifierOf(Group);
        var parameters = change(algorithm.Parameters!.Value.As<DomainParameters>());
        return new SubjectPublicKeyInfo
        {
            Algorithm = algorithm with { Parameters = AnyValue.From(parameters) },
            SubjectPublicKey = new BitString(Der.Encode(new DHPublicKey((Integer)y))),
        }.Encode();
    }
}
