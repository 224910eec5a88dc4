namespace CkiSdk.Asn1.Generator.Tests;

/// <summary>Shows what decoders admit that are told to, that it is encoded as it was received, and that nothing else is admitted.</summary>
public sealed class RelaxationTests
{
    private const string Notation = """
        Strict ::= BIT STRING { a(0), b(1) }
        Bits ::= BIT STRING { a(0), b(1) } --! relax UntrimmedNamedBits
        Inline ::= SEQUENCE {
          first BIT STRING { a(0), b(1) }, -- plain
          second BIT STRING { a(0), b(1) } --! relax UntrimmedNamedBits
        }
        Sorted ::= SET OF INTEGER
        --! relax UnsortedSetOf
        Unsorted ::= SET OF INTEGER
        Record ::= SEQUENCE {
          set SET OF INTEGER (0..9), --! relax UnsortedSetOf, ConstraintViolated
          small INTEGER (0..9), --! relax ConstraintViolated
          text UTF8String (SIZE (1..2)) OPTIONAL --! relax ConstraintViolated
        }
        Kept ::= SEQUENCE {
          number INTEGER, flag BOOLEAN DEFAULT FALSE, --! relax DefaultEncoded
          text [0] UTF8String DEFAULT "x", --! relax DefaultEncoded
          plain [1] INTEGER DEFAULT 5, list [2] SEQUENCE OF INTEGER DEFAULT {1} --! relax DefaultEncoded
        }
        KeptSet ::= SET {
          flag BOOLEAN DEFAULT FALSE, --! relax DefaultEncoded
          number INTEGER, ... }
        KeptGroup ::= SEQUENCE { ..., [[
          flag BOOLEAN DEFAULT FALSE, --! relax DefaultEncoded
          number INTEGER ]] }
        Whole ::= SEQUENCE { a NULL OPTIONAL } (WITH COMPONENTS { a PRESENT }) --! relax ConstraintViolated
        Other ::= SEQUENCE { small INTEGER (0..9) }
        """;

    private static readonly CompiledModule Module = new(Notation);

    [Theory]
    [InlineData("Bits", "03020080")]
    [InlineData("Bits", "030100")]
    [InlineData("Inline", "30080302078003020080")]
    [InlineData("Unsorted", "3106020102020101")]
    [InlineData("Record", "301031060201630201010201630C03616263")]
    [InlineData("Record", "300D31000209010000000000000000")]
    [InlineData("Whole", "3000")]
    [InlineData("Kept", "3003020105")]
    [InlineData("Kept", "3006020105010100")]
    [InlineData("Kept", "30060201050101FF")]
    [InlineData("Kept", "3012020105010100A0030C0178A2053003020101")]
    [InlineData("KeptSet", "3106010100020107")]
    [InlineData("KeptSet", "3103020107")]
    [InlineData("KeptGroup", "3006010100020107")]
    [InlineData("KeptGroup", "3000")]
    public void Relaxed_IsDecoded_AndEncodedAsItWas(string type, string hex)
    {
        Assert.Equal(hex, Module.Encode(Module.Decode(type, hex)));
        Module.Validate(type, hex);
    }

    [Theory]
    [InlineData("Strict", "03020080", DerErrorKind.InvalidBitString)]
    [InlineData("Bits", "03020180", null)]
    [InlineData("Inline", "30080302008003020780", DerErrorKind.InvalidBitString)]
    [InlineData("Sorted", "3106020102020101", DerErrorKind.NotInSetOrder)]
    [InlineData("Kept", "3008020105A103020105", DerErrorKind.DefaultEncoded)]
    [InlineData("KeptGroup", "3003010100", DerErrorKind.MissingComponent)]
    [InlineData("Other", "3003020163", DerErrorKind.ConstraintViolated)]
    [InlineData("Bits", "03020181", DerErrorKind.InvalidBitString)]
    public void WhatIsNotRelaxed_IsRefused(string type, string hex, DerErrorKind? kind)
    {
        if (kind is null)
        {
            Assert.Equal(hex, Module.Encode(Module.Decode(type, hex)));
            return;
        }

        Assert.Equal(kind, Assert.Throws<DerException>(() => Module.Decode(type, hex)).Kind);
    }

    [Theory]
    [InlineData("unknown name", "A ::= INTEGER (0..9) --! relax Everything", "", "(2,22): error CKI0122: there is no relaxation 'Everything'")]
    [InlineData("number for a name", "A ::= INTEGER (0..9) --! relax 4", "", "(2,22): error CKI0122")]
    [InlineData("no name", "A ::= INTEGER (0..9) --! relax", "", "(2,22): error CKI0122: a directive says")]
    [InlineData("nothing to relax", "A ::= INTEGER --! relax UnsortedSetOf", "", "(2,15): error CKI0122: UnsortedSetOf changes nothing for A")]
    [InlineData("no default", "A ::= SEQUENCE {\n b INTEGER --! relax DefaultEncoded\n}", "", "(3,12): error CKI0122: DefaultEncoded changes nothing for b, which has no DEFAULT")]
    [InlineData("type by name", "A ::= SEQUENCE {\n b B --! relax UntrimmedNamedBits\n} B ::= BIT STRING { x(0) }", "", "(3,6): error CKI0122: UntrimmedNamedBits changes nothing for b: relax the type B")]
    [InlineData("unknown type in the project", "A ::= INTEGER (0..9)", "B=ConstraintViolated", "(1,1): error CKI0122: Relax=\"B=ConstraintViolated\": the module has no type or component B")]
    [InlineData("unknown name in the project", "A ::= INTEGER (0..9)", "A=Anything", "(1,1): error CKI0122: there is no relaxation 'Anything'")]
    public void WrongRelaxation_IsReported_AtItsPlace(string reason, string asn1, string metadata, string expected)
    {
        var run = GeneratorRun.Of(new BuildOptions("Test", metadata), ("/m/M.asn1", $"M DEFINITIONS ::= BEGIN\n{asn1}\nEND\n"));
        Assert.True(run.Faults.Any(fault => fault.Contains(expected, StringComparison.Ordinal)), $"{reason}: {string.Join('\n', run.Faults)}");
    }

    [Fact]
    public void Project_Relaxes_TypesAndComponents()
    {
        const string Text = "M DEFINITIONS ::= BEGIN A ::= SEQUENCE { small INTEGER (0..9), list SEQUENCE OF SEQUENCE { n INTEGER (0..9) } } B ::= BIT STRING { x(0) } END";
        var run = GeneratorRun.Of(new BuildOptions("Test", "A.small = ConstraintViolated; A.list.n=ConstraintViolated;M.B=UntrimmedNamedBits"), ("/m/M.asn1", Text));
        Assert.Empty(run.Faults);
        Assert.Empty(run.CompilerDiagnostics);
        Assert.DoesNotContain(run.Result.GeneratedSources, source => source.SourceText.ToString().Contains("ConstraintViolat", StringComparison.Ordinal));
        Assert.DoesNotContain(run.Result.GeneratedSources, source => source.SourceText.ToString().Contains("ReadNamedBitString", StringComparison.Ordinal));
    }
}
