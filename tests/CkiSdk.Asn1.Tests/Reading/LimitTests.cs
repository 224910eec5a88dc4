namespace CkiSdk.Asn1.Tests;

public sealed class LimitTests
{
    private const int BombLevels = 100_000;

    [Fact]
    public void ReadAny_Rejects_ANestingBomb()
    {
        var e = Refused(() =>
        {
            var reader = new DerReader(Bomb(BombLevels));
            reader.ReadAny();
        });
        Assert.Equal(DerErrorKind.TooDeep, e.Kind);
    }

    [Theory]
    [InlineData("all that is admitted", 1024, true)]
    [InlineData("one octet more", 1025, false)]
    [InlineData("an arc whose decimal digits take minutes to compute", 1_000_000, false)]
    public void ObjectIdentifier_IsAdmitted_UpToItsLimit(string description, int length, bool expected)
    {
        byte[] content = [.. Enumerable.Repeat((byte)0xFF, length - 1), 0x7F];
        var der = Der.Encode(new OctetString(content), static (ref DerWriter writer, OctetString value) => writer.WriteOctetString(Tag.OctetString, value));
        var relative = der.ToArray();
        (der[0], relative[0]) = (0x06, 0x0D);
        var refusal = Record.Exception(() => new DerReader(der).ReadObjectIdentifier(Tag.ObjectIdentifier));
        Assert.True(expected ? refusal is null : refusal is DerException { Kind: DerErrorKind.TooLarge }, description);
        refusal = Record.Exception(() => new DerReader(relative).ReadRelativeOid(Tag.RelativeOid));
        Assert.True(expected ? refusal is null : refusal is DerException { Kind: DerErrorKind.TooLarge }, description);
    }

    [Fact]
    public void ReadAny_Survives_ANestingBombWithoutALimit()
    {
        var bomb = Bomb(BombLevels);
        var reader = new DerReader(bomb, new DerLimits { MaxDepth = int.MaxValue });
        Assert.Equal(bomb.Length, reader.ReadAny().Encoded.Length);
    }

    [Fact]
    public void Decode_Rejects_ANestingBombForARecursiveType()
    {
        var e = Assert.Throws<DerException>(() => Der.Decode<Matryoshka>(Bomb(BombLevels)));
        Assert.Equal(DerErrorKind.TooDeep, e.Kind);
        Assert.StartsWith("Matryoshka.inner.inner.inner", e.Path, StringComparison.Ordinal);
        Assert.False(Der.TryDecode<Matryoshka>(Bomb(BombLevels), out _));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(64)]
    [InlineData(200)]
    public void Depth_IsAdmitted_UpToItsLimit(int maxDepth)
    {
        var limits = new DerLimits { MaxDepth = maxDepth };
        var fits = Bomb(maxDepth);
        new DerReader(fits, limits).ReadAny();
        Der.Decode<Matryoshka>(fits, limits);
        Assert.Equal(DerErrorKind.TooDeep, Refused(() => new DerReader(Bomb(maxDepth + 1), limits).ReadAny()).Kind);
        Assert.Equal(DerErrorKind.TooDeep, Refused(() => Der.Decode<Matryoshka>(Bomb(maxDepth + 1), limits)).Kind);
    }

    [Fact]
    public void ReadAny_Counts_TheLevelsAroundIt()
    {
        var limits = new DerLimits { MaxDepth = 3 };
        Assert.Equal(DerErrorKind.TooDeep, Refused(() =>
        {
            var reader = new DerReader(Bomb(4), limits);
            reader.Enter(Tag.Sequence);
            reader.Enter(Tag.Sequence);
            reader.ReadAny();
        }).Kind);
    }

    [Fact]
    public void Constructor_Rejects_InputAboveTheLimit()
    {
        Assert.Equal(DerErrorKind.TooLarge, Refused(() => _ = new DerReader(new byte[5], new DerLimits { MaxLength = 4 })).Kind);
        Assert.Equal(DerErrorKind.TooLarge, Refused(() => _ = new DerReader(new byte[(16 * 1024 * 1024) + 1])).Kind);
        Assert.Equal("Matryoshka", Refused(() => Der.Decode<Matryoshka>(new byte[5], new DerLimits { MaxLength = 4 })).Path);
        Assert.True(new DerReader(new byte[16 * 1024 * 1024]).HasData);
    }

    [Theory]
    [InlineData("a length of 2 GiB", "30 84 7FFFFFFF 05 00")]
    [InlineData("an inner length of 2 GiB", "30 08 30 84 7FFFFFFF 05 00")]
    [InlineData("a length that overflows when added", "30 08 04 84 7FFFFFFC 05 00")]
    public void Lengths_ThatLie_AllocateNothing(string description, string hex)
    {
        var der = DerAssert.Hex(hex);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(DerErrorKind.UnexpectedEnd, Refused(() => new DerReader(der).ReadAny()).Kind);
        DerDecoder<AnyValue> element = (ref DerReader r) => r.ReadAny();
        Assert.Equal(DerErrorKind.UnexpectedEnd, Refused(() => new DerReader(der).ReadSequenceOf(Tag.Sequence, element)).Kind);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1_000_000, description);
    }

    private static DerException Refused(Action action) => Assert.Throws<DerException>(action);

    // SEQUENCEs one inside the other, the innermost empty.
    private static byte[] Bomb(int levels)
    {
        DerEncoder<int> write = (ref DerWriter w, int count) =>
        {
            for (var i = 0; i < count; i++)
                w.End(Tag.Sequence, 0);
        };
        return Der.Encode(levels, write);
    }

    private sealed record Matryoshka : IDerType<Matryoshka>
    {
        public static string Asn1Name => "Matryoshka";

        public static TypeDescriptor Descriptor => TypeDescriptor.Of(TypeKind.Any);

        private Matryoshka? Inner { get; init; }

        public static Matryoshka Decode(ref DerReader reader)
        {
            var mark = reader.Enter(Tag.Sequence);
            reader.Field("inner");
            var value = new Matryoshka { Inner = reader.HasData ? Decode(ref reader) : null };
            reader.Leave(mark);
            return value;
        }

        public void Encode(ref DerWriter writer)
        {
            var mark = writer.Length;
            Inner?.Encode(ref writer);
            writer.End(Tag.Sequence, mark);
        }
    }
}
