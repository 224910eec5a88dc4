using CkiSdk.TestSupport;

namespace CkiSdk.Asn1.Generator.Tests;

/// <summary>Shows that modules with unlucky names and rare forms give C# that compiles without a warning.</summary>
public sealed class AwkwardModuleTests
{
    // What generated types have as members, what generated code names, and what C# programs have in scope.
    private static readonly string[] Words =
    [
        "Descriptor", "Decode", "Encode", "TryDecode", "Equals", "GetHashCode", "GetType", "ToString", "View", "Unknown",
        "System", "Asn1Name", "Validate", "UnknownExtensions", "UnknownAlternative", "Alternative", "Kind", "EqualityContract", "PrintMembers", "Clone",
        "Deconstruct", "Registered", "Register", "Element", "Tag", "Object", "String", "Int32", "Exception", "DateTimeOffset",
        "List", "Span", "ReadOnlyMemory", "Integer", "BitString", "OctetString", "DerReader", "DerWriter", "TypeDescriptor", "CkiSdk",
        "Global", "Test", "Awkward", "AwkwardValues", "Xview", "Task", "Math", "Convert", "Retained", "SequenceOf",
        "Value", "Item", "Reader", "Writer", "Nullable", "Func", "Type", "Attribute", "Enum", "Record",
        "Matches", "FindObject", "ToRecord", "Encoded", "Wrap", "Has", "Count", "Is", "Outer0", "Value0",
        "Var", "Dynamic", "Int", "Field",
    ];

    [Theory]
    [InlineData("types that differ in case only", "ERROR ::= NULL Error ::= INTEGER")]
    [InlineData("type named Value", "Value ::= OCTET STRING Other ::= SEQUENCE { value Value }")]
    [InlineData("bit string named Value", "Value ::= BIT STRING { has(0), value(1) }")]
    [InlineData("list named Value", "Value ::= SEQUENCE OF INTEGER")]
    [InlineData("alternatives named like members", "A ::= CHOICE { value NULL, decode [0] NULL, a [1] NULL, equals [2] NULL }")]
    [InlineData("components named like members", "A ::= SEQUENCE { value NULL, encode NULL, getType NULL, toString NULL, asn1Name NULL, a NULL }")]
    [InlineData("named numbers like members", "A ::= INTEGER { value(1), encode(2), a(3) }")]
    [InlineData("named numbers of any size", "A ::= INTEGER { least(-9223372036854775809), min(-9223372036854775808), max(9223372036854775807), most(18446744073709551616) } B ::= SEQUENCE { a A DEFAULT most } v A ::= least")]
    [InlineData("named numbers outside of the constraint", "A ::= INTEGER { in(1), out(5000000000), least(-9223372036854775809) } (0..9) B ::= INTEGER { out(9223372036854775808) } (0..5000000000)")]
    [InlineData("keywords", "Class ::= ENUMERATED { new, string, null-1, class } A ::= SEQUENCE { class Class DEFAULT new, namespace [0] NULL, reader [1] NULL, tag [2] NULL }")]
    [InlineData("empty structures", "A ::= SEQUENCE { } B ::= SET { } C ::= CHOICE { ... } D ::= SEQUENCE { ... }")]
    [InlineData("list of itself", "A ::= SEQUENCE OF A")]
    [InlineData("structure in itself", "A ::= SEQUENCE { a A OPTIONAL, b SET OF A, c [0] CHOICE { d A, e NULL } }")]
    [InlineData("sizes beyond int", "A ::= OCTET STRING (SIZE (0..4294967295)) B ::= SEQUENCE SIZE (1..18446744073709551615) OF NULL")]
    [InlineData("wrapped wrappers", "A ::= B (0..9) B ::= C C ::= INTEGER D ::= SEQUENCE { a A DEFAULT 5 } five A ::= 5")]
    [InlineData("signed simple types", "SIGNED {T} ::= SEQUENCE { toBeSigned T, mark NULL } A ::= SIGNED {REAL} B ::= SIGNED {SEQUENCE OF NULL} C ::= SIGNED {D} D ::= OCTET STRING E ::= SIGNED {ENUMERATED { x }}")]
    [InlineData("optional values", "A ::= SEQUENCE { a BOOLEAN OPTIONAL, b [0] REAL OPTIONAL, c [1] ENUMERATED { x } OPTIONAL, d [2] INTEGER (0..9) OPTIONAL, e [3] SEQUENCE OF NULL OPTIONAL, f [4] ANY OPTIONAL }")]
    [InlineData("defaults of all forms", "A ::= SEQUENCE { a [0] INTEGER (0..9) DEFAULT 1, b [1] BIT STRING { x(0), y(1) } DEFAULT {x, y}, c [2] OCTET STRING DEFAULT 'AB'H, d [3] UTF8String DEFAULT \"d\", e [4] ENUMERATED { m, n } DEFAULT n, f [5] OBJECT IDENTIFIER DEFAULT {1 2 3}, g [6] INTEGER DEFAULT -5, h [7] BIT STRING DEFAULT '101'B, i [8] SEQUENCE OF NULL DEFAULT {}, j [9] NULL DEFAULT NULL }")]
    [InlineData("unknown extensions before optional components", "A ::= SEQUENCE { a NULL, ..., ..., b [0] NULL OPTIONAL, c [1] NULL }")]
    [InlineData("comment that would close the documentation", "-- */ </summary> & \"quoted\" \\ {0}\nA ::= NULL")]
    public void Module_Compiles_WithoutWarnings(string reason, string asn1)
    {
        var run = GeneratorRun.Of(("/m/Awkward.asn1", $"Awkward DEFINITIONS ::= BEGIN\n{asn1}\nEND\n"));
        Assert.Null(run.Result.Exception);
        Assert.True(!run.Faults.Any() && !run.CompilerDiagnostics.Any(), $"{reason}: {string.Join('\n', run.Faults)}{string.Join('\n', run.CompilerDiagnostics)}");
    }

    [Theory]
    [InlineData("SEQUENCE { #l #U OPTIONAL, b [1] CHOICE { #l #U, z NULL } OPTIONAL, ... }")]
    [InlineData("SET { #l [0] INTEGER DEFAULT 3, s [1] UTF8String OPTIONAL, ... }")]
    [InlineData("CHOICE { #l INTEGER, s [1] SEQUENCE OF #U, ... }")]
    [InlineData("ENUMERATED { #l, other, ... }")]
    [InlineData("INTEGER { #l(1) }")]
    [InlineData("BIT STRING { #l(1), other(2) }")]
    [InlineData("OCTET STRING (SIZE (1..9))")]
    [InlineData("SEQUENCE OF INTEGER")]
    [InlineData("SET OF #U")]
    [InlineData("UTF8String (SIZE (1..4) ^ FROM (\"a\"..\"z\"))")]
    [InlineData("REAL")]
    [InlineData("UTCTime")]
    [InlineData("[7] ANY")]
    public void TypeName_MayBeAnyWord(string form)
    {
        // Each word meets several forms; in the long run all of them.
        var step = LongRun.Count(usual: 5, @long: 1);
        var run = GeneratorRun.Of([.. Words.Where((_, index) => (index + form.Length) % step == 0).Select(word => ($"/m/Of{word}.asn1", Text(word, form)))]);
        Assert.Null(run.Result.Exception);
        Assert.True(!run.Faults.Any() && !run.CompilerDiagnostics.Any(), string.Join('\n', run.Faults.Concat(run.CompilerDiagnostics.Select(diagnostic => diagnostic.ToString())).Take(60)));
    }

    private static string Text(string word, string form) => $$"""
        Of{{word}} DEFINITIONS ::= BEGIN
        #U ::= {{form}}
        Use ::= SEQUENCE { #l [3] #U OPTIONAL, a-list [0] SEQUENCE OF #U, a-set [1] SET OF #U, an-open KIND.&Type ({Kinds}{@id}), id [200] KIND.&id ({Kinds}), a-value [2] #U }
        Pick ::= CHOICE { #l [9] #U, n NULL }
        KIND ::= CLASS { &id INTEGER UNIQUE, &Type } WITH SYNTAX { &Type BY &id }
        Kinds KIND ::= { { #U BY 1 } | { UTF8String BY 2 }, ... }
        #l INTEGER ::= 5
        of#UValues INTEGER ::= 6
        END
        """.Replace("#U", word, StringComparison.Ordinal).Replace("#l", char.ToLowerInvariant(word[0]) + word[1..], StringComparison.Ordinal);
}
