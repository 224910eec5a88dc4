using System.Reflection;

namespace CkiSdk.Asn1.Generator.Tests;

/// <summary>Shows how open types that other components choose are read and written: known types, unknown ones, those registered at run time, and what is refused.</summary>
public sealed class UnionTests
{
    private const string Notation = """
        C ::= CLASS { &id OBJECT IDENTIFIER UNIQUE, &Type OPTIONAL } WITH SYNTAX { &id [&Type] }
        number C ::= { {1 2 3} INTEGER }
        S C ::= { number | { {1 2 4} UTF8String } | { {1 2 5} }, ... }
        Closed C ::= { number | { {1 2 4} UTF8String } | { {1 2 5} } }
        Open ::= SEQUENCE { id C.&id ({S}), value C.&Type ({S}{@id}) }
        Strict ::= SEQUENCE { id C.&id ({Closed}), value C.&Type ({Closed}{@id}) OPTIONAL }
        Bare ::= SEQUENCE { id C.&id ({Closed}) }
        Listed ::= SEQUENCE { id C.&id ({S}), values SET OF C.&Type ({S}{@id}) }
        Contained ::= SEQUENCE { id C.&id ({S}), value OCTET STRING (CONTAINING C.&Type ({S}{@id})) }
        Bits ::= SEQUENCE { id C.&id ({S}), value BIT STRING (CONTAINING C.&Type ({S}{@id})) }
        Signed ::= SEQUENCE { id C.&id ({Closed}), value BIT STRING (CONTAINING C.&Type ({Closed}{@id})) }
        Before ::= SEQUENCE { value [0] C.&Type ({S}{@id}) OPTIONAL, id C.&id ({S}) }
        Sorted ::= SET { value [0] C.&Type ({S}{@id}), id [1] C.&id ({S}) }
        Outer ::= SEQUENCE { id C.&id ({S}), inner SEQUENCE { value C.&Type ({S}{@id}) }, all SEQUENCE OF CHOICE { value [0] C.&Type ({S}{@id}), none NULL } }
        Deep ::= SEQUENCE { key SEQUENCE { id C.&id ({S}) OPTIONAL }, value C.&Type ({S}{@key.id}) }
        Picked ::= CHOICE { one [0] SEQUENCE { id C.&id ({S}), value C.&Type ({S}{@one.id}) } }
        Template {C:Set} ::= SEQUENCE { id C.&id ({Set}), value C.&Type ({Set}{@id}) }
        Made ::= Template {{ S | { {1 2 6} BOOLEAN } }}
        Code ::= CHOICE { local INTEGER, global OBJECT IDENTIFIER }
        D ::= CLASS { &code Code UNIQUE, &kind ENUMERATED { low, high }, &T }
        Codes D ::= { { &code local:1, &kind low, &T NULL } | { &code global:{1 2 3}, &kind high, &T BOOLEAN }, ... }
        Coded ::= SEQUENCE { code D.&code ({Codes}), value D.&T ({Codes}{@code}) }
        Both ::= SEQUENCE { code D.&code ({Codes}), kind D.&kind ({Codes}{@code}), value D.&T ({Codes}{@code, @kind}) }
        E ::= CLASS { &n INTEGER UNIQUE, &r RELATIVE-OID, &T }
        Numbers E ::= { { &n -1, &r {5}, &T NULL } | { &n 300, &r {6}, &T BOOLEAN } | { &n 99999999999999999999, &r {7}, &T INTEGER }, ... }
        Numbered ::= SEQUENCE { n E.&n ({Numbers}), value E.&T ({Numbers}{@n}) }
        Named ::= INTEGER (0..255)
        F ::= CLASS { &n Named UNIQUE, &T }
        Wrapped ::= SEQUENCE { n F.&n ({ { &n 1, &T NULL } | { &n 2, &T BOOLEAN } }), value F.&T ({ { &n 1, &T NULL } | { &n 2, &T BOOLEAN } }{@n}) }
        Recursive ::= SEQUENCE { id C.&id ({Rec}), value C.&Type ({Rec}{@id}) }
        Rec C ::= { { {1 2 3} Recursive } | { {1 2 4} NULL } }
        T ::= TYPE-IDENTIFIER
        Things T ::= { { INTEGER IDENTIFIED BY {1 2 3} }, ... }
        Instance ::= SEQUENCE { value [0] IMPLICIT INSTANCE OF T ({Things}) }
        Typed ::= SEQUENCE { value [0] C.&Type (Own) OPTIONAL }
        Own ::= SEQUENCE { n INTEGER }
        Other ::= SEQUENCE { b BOOLEAN }
        """;

    private static readonly CompiledModule Module = new(Notation);

    [Theory]
    [InlineData("Open", "30070602" + "2A03" + "020105", "Integer")]
    [InlineData("Open", "300706022A040C0161", "UTF8String")]
    [InlineData("Open", "300706022A070C0161", "Unknown")]
    [InlineData("Open", "300B06022A073005040302010A", "Unknown")]
    [InlineData("Strict", "300706022A03020105", "Integer")]
    [InlineData("Contained", "300906022A030403020105", "Integer")]
    [InlineData("Contained", "300706022A070401FF", "Unknown")]
    [InlineData("Bits", "300A06022A03030400020105", "Integer")]
    [InlineData("Bits", "300806022A0703020780", "Unknown")]
    [InlineData("Signed", "300806022A0503020780", "Unknown")]
    [InlineData("Signed", "300A06022A03030400020105", "Integer")]
    [InlineData("Before", "3009A00302010506022A03", "Integer")]
    [InlineData("Sorted", "310BA003020105A10406022A03", "Integer")]
    [InlineData("Deep", "3009300406022A03020105", "Integer")]
    [InlineData("Deep", "30053000020105", "Unknown")]
    [InlineData("Made", "300706022A060101FF", "Boolean")]
    [InlineData("Coded", "30050201010500", "Null")]
    [InlineData("Coded", "300706022A030101FF", "Boolean")]
    [InlineData("Coded", "30050201020500", "Unknown")]
    [InlineData("Both", "30080201010A01000500", "Null")]
    [InlineData("Both", "30080201010A01010500", "Unknown")]
    [InlineData("Numbered", "30050201FF0500", "Null")]
    [InlineData("Numbered", "30070202012C0101FF", "Boolean")]
    [InlineData("Numbered", "300E0209056BC75E2D630FFFFF020107", "Integer")]
    [InlineData("Wrapped", "30060201020101FF", "Boolean")]
    [InlineData("Recursive", "300C06022A03300606022A040500", "Recursive")]
    public void Value_IsRead_AsTheTypeThatItsSelectorStandsFor(string type, string hex, string alternative)
    {
        var value = Module.Decode(type, hex);
        Assert.Equal(alternative, Property(value, "Value")!.GetType().Name);
        Assert.Equal(hex, Module.Encode(value));
    }

    [Theory]
    [InlineData("object without a type", "Strict", "300706022A05020105", "Strict.value")]
    [InlineData("selector outside a closed set", "Strict", "300706022A06020105", "Strict.id")]
    [InlineData("selector outside a closed set, alone", "Bare", "300406022A06", "Bare.id")]
    [InlineData("number outside a closed set", "Wrapped", "30060201030101FF", "Wrapped.n")]
    public void ValueOutsideTheTable_IsRefused(string reason, string type, string hex, string path)
    {
        var e = Assert.Throws<DerException>(() => Module.Decode(type, hex));
        Assert.True(e.Kind == DerErrorKind.ConstraintViolated && e.Path == path, $"{reason}: {e.Message}");
    }

    [Theory]
    [InlineData("Open", "300706022A030C0161")]
    [InlineData("Contained", "300906022A03040302010500")]
    [InlineData("Contained", "300906022A0304030C0161")]
    [InlineData("Bits", "300A06022A03030401020105")]
    [InlineData("Before", "3009A0030C016106022A03")]
    [InlineData("Outer", "300F06022A0330030C01613005A003020105")]
    public void ValueOfAnotherType_IsRefused(string type, string hex) => Assert.Throws<DerException>(() => Module.Decode(type, hex));

    [Theory]
    [InlineData("300BA00906022A03A003020105", "Integer")]
    [InlineData("300BA00906022A07A003020105", "Unknown")]
    public void InstanceOfASet_IsASequence_WithAUnion(string hex, string alternative)
    {
        var value = Module.Decode("Instance", hex);
        Assert.Equal(alternative, Property(Property(value, "Value")!, "Value")!.GetType().Name);
        Assert.Equal(hex, Module.Encode(value));
    }

    [Fact]
    public void OpenType_WithATypeConstraint_IsOfThatType()
    {
        var value = Module.Decode("Typed", "3007A0053003020105");
        Assert.Equal("Own", Property(value, "Value")!.GetType().Name);
        Assert.Equal("3007A0053003020105", Module.Encode(value));
    }

    [Fact]
    public void ListOfOpenTypes_IsRead_ElementByElement()
    {
        var value = Module.Decode("Listed", "300C06022A033106020105020106");
        Assert.Equal(["Integer", "Integer"], ((System.Collections.IEnumerable)Property(value, "Values")!).Cast<object>().Select(item => item.GetType().Name));
        Assert.Equal("300C06022A033106020105020106", Module.Encode(value));
    }

    [Fact]
    public void SelectorFurtherOut_ChoosesTypesInside()
    {
        const string Hex = "301206022A0330030201053007A0030201060500";
        var value = Module.Decode("Outer", Hex);
        Assert.Equal("Integer", Property(Property(value, "Inner")!, "Value")!.GetType().Name);
        Assert.Equal(Hex, Module.Encode(value));
    }

    [Fact]
    public void SelectorInAChoice_IsFoundByItsPath()
    {
        var value = Module.Decode("Picked", "A009300706022A03020105");
        Assert.Equal("Integer", Property(Property(value, "Value")!, "Value")!.GetType().Name);
    }

    [Fact]
    public void Encode_Refuses_ValueThatTheSelectorDoesNotStandFor()
    {
        foreach (var (type, hex) in new[] { ("Open", "300706022A03020105"), ("Open", "300706022A070C0161"), ("Contained", "300906022A030403020105"), ("Coded", "30050201010500") })
        {
            var value = Module.Decode(type, hex);
            var other = type == "Coded" ? Module.Decode(type, "30050201020500") : Module.Decode(type, type == "Open" ? "300706022A040C0161" : "300906022A0404030C0161");
            value.GetType().GetProperty("Value")!.SetValue(value, Property(other, "Value"));
            Assert.Contains("the value is outside the constraint", Assert.Throws<InvalidOperationException>(() => Module.Encode(value)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void RegisteredType_IsRead_FromThenOn()
    {
        const string Hex = "300906022A083003020105";
        var before = Module.Decode("Open", Hex);
        Assert.Equal("Unknown", Property(before, "Value")!.GetType().Name);
        Register("OpenValue", "Own", "1.2.8");
        Register("OpenValue", "Own", "1.2.8");
        var after = Module.Decode("Open", Hex);
        Assert.Equal("Own", Property(Property(after, "Value")!, "Value")!.GetType().Name);
        Assert.Equal(Hex, Module.Encode(after));
        Assert.Equal(Hex, Module.Encode(before));
        Assert.Throws<DerException>(() => Module.Decode("Open", "300706022A08020105"));
        Assert.Throws<ArgumentException>(() => Register("OpenValue", "Other", "1.2.8"));
        Assert.Throws<ArgumentException>(() => Register("OpenValue", "Other", "1.2.3"));
    }

    [Fact]
    public void RegisteringFromManyThreads_LosesNothing()
    {
        Parallel.For(0, 200, i => Register("ContainedValue", "Own", $"1.2.9.{i}"));
        for (var i = 0; i < 128; i++)
        {
            var value = Module.Decode("Contained", $"300C06032A09{i:X2}04053003020105");
            Assert.StartsWith("Registered", Property(value, "Value")!.GetType().Name, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ClosedSet_HasNeitherUnknownNorRegister()
    {
        Assert.Null(Module.Type("StrictValue").GetNestedType("Unknown"));
        Assert.Null(Module.Type("StrictValue").GetMethod("Register"));
    }

    private static object? Property(object value, string name) => value.GetType().GetProperty(name)!.GetValue(value);

    private static void Register(string union, string type, string id)
    {
        try
        {
            Module.Type(union).GetMethod("Register")!.MakeGenericMethod(Module.Type(type)).Invoke(null, [new ObjectIdentifier(id)]);
        }
        catch (TargetInvocationException e)
        {
            throw e.InnerException!;
        }
    }
}
