using CkiSdk.Asn1.Dynamic;
using CkiSdk.Asn1.Modules.InformationFramework;
using CkiSdk.TestSupport;
using FsCheck;
using FsCheck.Fluent;

namespace CkiSdk.Asn1.FsCheck.Tests;

/// <summary>Shows the properties that every type has, by values that FsCheck makes from descriptors, and that failures shrink.</summary>
public sealed class ArbitraryTests
{
    private const string Orders = """
        Orders DEFINITIONS AUTOMATIC TAGS ::= BEGIN
        Order ::= SEQUENCE {
            number  INTEGER (1..99999),
            state   ENUMERATED { open, sent, ... } DEFAULT open,
            lines   SEQUENCE (SIZE (1..20)) OF Line,
            marks   SET OF PrintableString (SIZE (1..10)),
            flags   BIT STRING { urgent(0), gift(3) },
            weight  REAL OPTIONAL,
            ...,
            [[ due DATE, hour TIME-OF-DAY OPTIONAL ]]
        }
        Line ::= CHOICE { article OBJECT IDENTIFIER, text UTF8String (SIZE (1..40)), blob OCTET STRING, more Order }
        END
        """;

    private static readonly TypeDescriptor Order = Asn1Schema.Parse(Orders).Types["Orders.Order"];

    private static Config Usual => Laws.Config.WithMaxTest(LongRun.Count(300, 10_000));

    public static TheoryData<string> BuiltIn => [.. Descriptors.Keys];

    private static Dictionary<string, TypeDescriptor> Descriptors { get; } = typeof(Name).Assembly.GetExportedTypes()
        .Where(type => !type.IsGenericType && type.GetProperty("Descriptor")?.PropertyType == typeof(TypeDescriptor))
        .Select(type => (TypeDescriptor)type.GetProperty("Descriptor")!.GetValue(null)!)
        .DistinctBy(type => $"{type.Module}.{type.Name}").Where(HasValues).ToDictionary(type => $"{type.Module}.{type.Name}", StringComparer.Ordinal);

    [Fact]
    public void Records_Come_BackFromTheirOctets() =>
        Check.One(Usual, Prop.ForAll(Asn1Arbitrary.Of<Name>(), name => Der.Encode(Der.Decode<Name>(name.Encode())).AsSpan().SequenceEqual(name.Encode())));

    [Fact]
    public void Values_Come_BackFromJson_AndCanBeShown() => Check.One(Usual, Prop.ForAll(Asn1Arbitrary.Of(Order), der =>
        Jer.ToDer(Order, Jer.FromDer(Order, der)).AsSpan().SequenceEqual(der) && DerText.Dump(Order, der).Length > 0 && Ber.ToDer(Order, der).AsSpan().SequenceEqual(der)));

    [Theory]
    [MemberData(nameof(BuiltIn))]
    public void BuiltInTypes_Come_BackFromJson(string name) => Check.One(Usual.WithMaxTest(LongRun.Count(5, 500)), Prop.ForAll(
        Asn1Arbitrary.Of(Descriptors[name]), der => Jer.ToDer(Descriptors[name], Jer.FromDer(Descriptors[name], der)).AsSpan().SequenceEqual(der)));

    [Fact]
    public void Shrinking_Gives_SmallerValues_ThatKeepToTheConstraints() => Check.One(Usual.WithMaxTest(30), Prop.ForAll(
        Arb.From(Asn1Arbitrary.Of(Order).Generator), der => RandomValue.Shrink(Order, der).Take(50).All(smaller => IsValue(smaller) && IsSmaller(smaller, der))));

    [Fact]
    public void Failure_IsShrunk_ToTheLeastThatFails()
    {
        var e = Assert.ThrowsAny<Exception>(() => Check.One(Usual, Prop.ForAll(Asn1Arbitrary.Of(Order), der => !Jer.FromDer(Order, der).Contains("more", StringComparison.Ordinal))));
        Assert.Contains("Shrunk", e.Message, StringComparison.Ordinal);

        // One order with one line, which is an order with one line; nothing that may be absent.
        var least = e.Message[e.Message.LastIndexOf("Shrunk", StringComparison.Ordinal)..];
        Assert.True(least.Count(c => c == 'u') < 80, least);
    }

    private static bool HasValues(TypeDescriptor type)
    {
        try
        {
            RandomValue.Encode(type, new Random(1), 3);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static bool IsValue(byte[] der)
    {
        Order.Check(der);
        return true;
    }

    private static bool IsSmaller(byte[] smaller, byte[] der) => smaller.Length < der.Length || smaller.AsSpan().SequenceCompareTo(der) < 0;
}
