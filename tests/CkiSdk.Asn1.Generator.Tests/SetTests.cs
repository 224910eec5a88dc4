using CkiSdk.Asn1.Dynamic;

namespace CkiSdk.Asn1.Generator.Tests;

/// <summary>Shows the order of the components of a SET (X.690 10.3) and what extension additions it keeps, in records, views and descriptors alike.</summary>
public sealed class SetTests
{
    private const string Notation = """
        Mixed ::= SET { a [5] INTEGER, c CHOICE { low [1] INTEGER, high [9] BOOLEAN }, z [7] NULL OPTIONAL }
        Open ::= SET { a [5] INTEGER, b [3] INTEGER DEFAULT 1, ..., ..., d [7] NULL OPTIONAL }
        Chosen ::= SET { v [3] KIND.&Type ({Kinds}{@id}), id [200] KIND.&id ({Kinds}), pick CHOICE { p [210] NULL, q INTEGER } }
        KIND ::= CLASS { &id INTEGER UNIQUE, &Type } WITH SYNTAX { &Type BY &id }
        Kinds KIND ::= { { BOOLEAN BY 1 } | { UTF8String BY 2 } }
        Group ::= SEQUENCE { a [0] INTEGER, ..., [[ b [1] INTEGER, c [2] NULL OPTIONAL, d [3] BOOLEAN ]], e [4] NULL, [[ f [5] NULL ]] }
        SetGroup ::= SET { a [4] NULL, ..., [[ b [1] NULL, c [9] NULL ]] }
        """;

    private static readonly CompiledModule Module = new(Notation, "IMPLICIT", """
        namespace Test.Compiled;
        #pragma warning disable CS1591
        public static class Probe
        {
            public static string Open(byte[] der)
            {
                var view = OpenView.Decode(der);
                var text = $"{view.A.ToInt32()} {view.B.ToInt32()} {view.HasD} {view.UnknownExtensions.Count}";
                foreach (var addition in view.UnknownExtensions)
                    text += " " + global::System.Convert.ToHexString(addition.Encoded);
                return text;
            }

            public static string Mixed(byte[] der) => $"{MixedView.Decode(der).A.ToInt32()} {MixedView.Decode(der).C.Kind} {MixedView.Decode(der).HasZ}";
        }
        """);
    private static readonly Asn1Schema Schema = Asn1Schema.Parse($"Compiled DEFINITIONS IMPLICIT TAGS ::= BEGIN {Notation} END");

    [Theory]
    [InlineData("the least tag chosen", "Mixed", "3106810101850102")]
    [InlineData("a tag behind the others chosen", "Mixed", "310885010287008901FF")]
    [InlineData("an addition before known components", "Open", "3109820101830102850103")]
    [InlineData("additions before, between and behind", "Open", "310C82010184010285010386008800")]
    [InlineData("an open type that a later component decides of", "Chosen", "3100A3030101FF9F814801019F815200")]
    [InlineData("an open type behind another component", "Chosen", "3100020107A3030C01619F81480102")]
    [InlineData("a group that is absent", "Group", "3003800101")]
    [InlineData("a group with all that it demands", "Group", "30098001018101028301FF")]
    [InlineData("a whole group", "Group", "300F80010181010282008301FF84008500")]
    [InlineData("a group of a SET", "SetGroup", "3106810084008900")]
    [InlineData("no group of a SET", "SetGroup", "31028400")]
    public void Encoding_IsAccepted_AndGivenAgain(string reason, string type, string hex)
    {
        hex = Lengthened(hex);
        Assert.Equal((reason, hex), (reason, Module.Encode(Module.Decode(type, hex))));
        Module.Validate(type, hex);
        Schema.Types["Compiled." + type].Check(Convert.FromHexString(hex));
        var json = Jer.FromDer(Schema.Types["Compiled." + type], Convert.FromHexString(hex));
        Assert.Equal(hex, Convert.ToHexString(Jer.ToDer(Schema.Types["Compiled." + type], json)));
    }

    [Theory]
    [InlineData("order of the module", "Mixed", "3107850102810101", DerErrorKind.NotInSetOrder)]
    [InlineData("order of the least tag of the choice", "Mixed", "31068901FF850102", DerErrorKind.NotInSetOrder)]
    [InlineData("both alternatives", "Mixed", "31098101018501028901FF", DerErrorKind.DuplicateComponent)]
    [InlineData("a mandatory component missing", "Mixed", "3103810101", DerErrorKind.MissingComponent)]
    [InlineData("a component that is not known", "Mixed", "3109810101850102860100", DerErrorKind.UnexpectedTag)]
    [InlineData("a default that is encoded", "Open", "3106830101850103", DerErrorKind.DefaultEncoded)]
    [InlineData("an addition out of order", "Open", "3106850103820101", DerErrorKind.NotInSetOrder)]
    [InlineData("a component twice", "Open", "3106850103850103", DerErrorKind.DuplicateComponent)]
    [InlineData("an addition twice", "Open", "3109850103880101880101", DerErrorKind.DuplicateComponent)]
    [InlineData("a value of another object", "Chosen", "3100A3030101FF9F814801029F815200", DerErrorKind.UnexpectedTag)]
    [InlineData("a part of a group", "Group", "3006800101810102", DerErrorKind.MissingComponent)]
    [InlineData("the optional part of a group alone", "Group", "30058001018200", DerErrorKind.MissingComponent)]
    [InlineData("a part of a group of a SET", "SetGroup", "310484008900", DerErrorKind.MissingComponent)]
    public void Encoding_IsRefused_EverywhereAlike(string reason, string type, string hex, DerErrorKind kind)
    {
        var der = Convert.FromHexString(Lengthened(hex));
        var faults = new[]
        {
            Assert.Throws<DerException>(() => Module.Decode(type, Convert.ToHexString(der))).Kind,
            Assert.Throws<DerException>(() => Module.Validate(type, Convert.ToHexString(der))).Kind,
            Assert.Throws<DerException>(() => Schema.Types["Compiled." + type].Check(der)).Kind,
        };
        Assert.Equal((reason, kind), (reason, Assert.Single(faults.Distinct())));
    }

    [Theory]
    [InlineData("Open", "310C820101840102850103860108", "3 1 False 3 820101 840102 860108")]
    [InlineData("Open", "310A82008301028501038700", "3 2 True 1 8200")]
    [InlineData("Mixed", "3106810101850102", "2 Low False")]
    [InlineData("Mixed", "310885010287008901FF", "2 High True")]
    public void View_Finds_ComponentsWhereverTheyStand(string type, string hex, string seen) =>
        Assert.Equal(seen, Module.Call("Probe", type, Convert.FromHexString(Lengthened(hex))));

    [Fact]
    public void Record_WithPartOfAGroup_IsNotEncoded()
    {
        var value = Module.Decode("Group", "30098001018101028301FF");
        value.GetType().GetProperty("D")!.SetValue(value, null);
        Assert.Equal("Group.d is missing where another component of its extension addition group is there.", Assert.Throws<InvalidOperationException>(() => Module.Encode(value)).Message);
    }

    [Fact]
    public void Addition_WithATagThatIsTaken_IsNotEncoded()
    {
        var value = Module.Decode("Open", "3103850103");
        value.GetType().GetProperty("UnknownExtensions")!.SetValue(value, SequenceOf.Create<AnyValue>([new AnyValue(Convert.FromHexString("850101"))]));
        Assert.Throws<InvalidOperationException>(() => Module.Encode(value));
    }

    [Fact]
    public void Notation_Keeps_Groups()
    {
        var text = Schema.Types["Compiled.Group"].ToNotation();
        Assert.Contains("[[ b [1] IMPLICIT INTEGER, c [2] IMPLICIT NULL OPTIONAL, d [3] IMPLICIT BOOLEAN ]]", text, StringComparison.Ordinal);
        var again = Asn1Schema.Parse(text);
        Assert.Empty(again.Diagnostics);
        Assert.Throws<DerException>(() => again.Types["Compiled.Group"].Check(Convert.FromHexString("3006800101810102")));
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            again.Types["Compiled.Group"].Check(RandomValue.Encode(Schema.Types["Compiled.Group"], random, 3));
        }
    }

    // The rows give the components; the length is that of what they are.
    private static string Lengthened(string hex) => $"{hex[..2]}{(hex.Length - 4) / 2:X2}{hex[4..]}";
}
