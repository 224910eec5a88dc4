using CkiSdk.Asn1.Compiler.Emit;
using CkiSdk.Asn1.Compiler.Tests.Binding;

namespace CkiSdk.Asn1.Compiler.Tests.Emit;

/// <summary>Shows details of the emitted source that are easy to get wrong; the snapshots of the generator show the whole.</summary>
public sealed class SourceTests
{
    [Theory]
    [InlineData("documentation is XML", "A ::= SEQUENCE { a INTEGER (0<..9) } -- less < than & more", "/// A ::= SEQUENCE { a INTEGER (0&lt;..9) }")]
    [InlineData("quotation marks", "A ::= IA5String (\"say \"\"x\"\" {0} \\\")", "say \\\"x\\\" {0} \\\\")]
    [InlineData("bound beyond int", "A ::= OCTET STRING (SIZE (0..4294967295))", "WriteOctetString(tag, Value)")]
    [InlineData("bound beyond long", "A ::= INTEGER (0..99999999999999999999)", "BigInteger.Parse(\"99999999999999999999\"")]
    [InlineData("explicit tag closes its frame", "A ::= [1] NULL", "reader.Leave(mark1);")]
    [InlineData("unknown alternative", "A ::= CHOICE { ... }", "UnknownAlternative(reader.ReadAny())")]
    [InlineData("default is left out", "A ::= SEQUENCE { a BOOLEAN DEFAULT FALSE }", "if (!A_.Equals(false))")]
    [InlineData("default is refused when encoded", "A ::= SEQUENCE { a BOOLEAN DEFAULT FALSE }", "DerErrorKind.DefaultEncoded")]
    public void Source_Contains(string reason, string asn1, string expected)
    {
        var linked = Linked.Module(asn1);
        Assert.Empty(linked.Faults);
        Assert.True(TypeEmitter.Emit(linked.Type("A")).Contains(expected, StringComparison.Ordinal), $"{reason}:\n{TypeEmitter.Emit(linked.Type("A"))}");
    }

    [Fact]
    public void FileNames_Differ_InMoreThanCase()
    {
        var types = Linked.Module("ERROR ::= NULL Error ::= INTEGER").Result.Modules.SelectMany(module => module.Types);
        Assert.Equal(["T.M.ERROR.g.cs", "T.M.Error-2.g.cs"], types.Select(TypeEmitter.FileName));
    }

    [Fact]
    public void SameModel_GivesSameSource() => Assert.Equal(
        TypeEmitter.Emit(Linked.Module("A ::= SEQUENCE { a [0] NULL OPTIONAL }").Type("A")),
        TypeEmitter.Emit(Linked.Module("A ::= SEQUENCE { a [0] NULL OPTIONAL }").Type("A")));
}
