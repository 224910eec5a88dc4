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
    public void Relaxed_IsDecoded_AndEncodedAsItWas(string type, string hex) => Assert.Equal(hex, Module.Encode(Module.Decode(type, hex)));

    [Theory]
    [InlineData("Strict", "03020080", DerErrorKind.InvalidBitString)]
    [InlineData("Bits", "03020180", null)]
    [InlineData("Inline", "30080302008003020780", DerErrorKind.InvalidBitString)]
    [InlineData("Sorted", "3106020102020101", DerErrorKind.NotInSetOrder)]
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
