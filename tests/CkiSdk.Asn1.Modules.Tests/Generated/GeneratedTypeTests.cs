using CkiSdk.TestSupport;
using FsCheck.Fluent;

namespace CkiSdk.Asn1.Modules.Tests.Generated;

/// <summary>Holds every generated type of every module to the laws of DER.</summary>
public sealed class GeneratedTypeTests
{
    public static TheoryData<string> Names => GeneratedTypes.PublishedNames;

    [Fact]
    public void Assembly_Has_TypeForEveryModel()
    {
        Assert.Empty(GeneratedTypes.ModelsWithoutType);
        Assert.True(GeneratedTypes.All.Count(type => type.Name.StartsWith("CKIKeyManagementProtocol.", StringComparison.Ordinal)) >= 45);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Decode_Gives_ValueThatWasEncoded(string name)
    {
        var type = GeneratedTypes.Get(name);
        Check(type, LongRun.Count(25, 500), value =>
        {
            var der = type.Codec.Encode(value);
            var back = type.Codec.Decode(der);
            Assert.True(value.Equals(back), $"{Convert.ToHexString(der)} came back as another value: {back}");
            Assert.Equal(value.GetHashCode(), back.GetHashCode());
            Assert.Equal(der, type.Codec.Encode(back));
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Decode_AfterOneChange_RefusesOrEncodesTheSame(string name)
    {
        var type = GeneratedTypes.Get(name);
        Check(type, LongRun.Count(6, 150), value =>
        {
            var der = type.Codec.Encode(value);
            foreach (var mutant in Mutants.Of(der, new Random(der.Length)))
            {
                var decoded = TryDecode(type, mutant);
                Assert.Equal(decoded is not null, Validates(type, mutant));
                if (decoded is { } accepted)
                {
                    Assert.Equal(Convert.ToHexString(mutant), Convert.ToHexString(type.Codec.Encode(accepted)));
                }
            }
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Decode_Refuses_TruncationAndTrailingOctet(string name)
    {
        var type = GeneratedTypes.Get(name);
        Check(type, 5, value =>
        {
            var der = type.Codec.Encode(value);
            Assert.Throws<DerException>(() => type.Codec.Decode(der.AsMemory(0, der.Length - 1)));
            Assert.Throws<DerException>(() => type.Codec.Decode(default));
            Assert.Throws<DerException>(() => type.Codec.Decode(new byte[][] { der, [0] }.SelectMany(part => part).ToArray()));
        });
    }

    private static void Check(GeneratedType type, int count, Action<object> law) =>
        FsCheck.Check.One(Laws.Config.WithMaxTest(count).WithEndSize(LongRun.Count(40, 100)), Prop.ForAll(type.Values, law));

    private static bool Validates(GeneratedType type, byte[] der)
    {
        try
        {
            type.Codec.Validate(der);
            return true;
        }
        catch (DerException)
        {
            return false;
        }
    }

    private static object? TryDecode(GeneratedType type, byte[] der)
    {
        try
        {
            return type.Codec.Decode(der);
        }
        catch (DerException)
        {
            return null;
        }
    }
}
