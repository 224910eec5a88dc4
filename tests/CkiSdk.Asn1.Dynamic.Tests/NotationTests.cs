using CkiSdk.TestSupport;

namespace CkiSdk.Asn1.Dynamic.Tests;

/// <summary>Shows that the text of a type, compiled again, is the same type.</summary>
public sealed class NotationTests
{
    public static TheoryData<string> Names => OwnModules.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void ToNotation_Gives_TextOfTheSameType(string name)
    {
        var type = OwnModules.Generated[name];
        var text = type.ToNotation();
        var schema = Asn1Schema.Parse(text);
        Assert.False(schema.HasErrors, $"{string.Join('\n', schema.Diagnostics)}\n{text}");
        var again = schema.Types.Single(pair => pair.Value.Name == type.Name.TrimEnd('_').Replace('_', '-')).Value;
        for (var seed = 0; seed < LongRun.Count(10, 200); seed++)
        {
            var der = RandomValue.Encode(type, new Random(seed), seed);
            again.Check(der);
            Assert.Equal(Jer.FromDer(type, der), Jer.FromDer(again, der));
            type.Check(RandomValue.Encode(again, new Random(seed), seed));
        }
    }

    [Fact]
    public void ToNotation_Writes_DefaultOutsideItsConstraint() =>
        Assert.Contains("DEFAULT 9", Asn1Schema.Parse("M DEFINITIONS ::= BEGIN A ::= SEQUENCE { a INTEGER (0..3) DEFAULT 9 } END").Types["M.A"].ToNotation(), StringComparison.Ordinal);

    [Fact]
    public void ToNotation_Gives_NoName_WhereX208GivesNone()
    {
        var schema = Asn1Schema.Parse("M DEFINITIONS EXPLICIT TAGS ::= BEGIN A ::= SEQUENCE { a [0] INTEGER, B OPTIONAL, [3] C OPTIONAL, [5] IMPLICIT D OPTIONAL, ..., [[ d [4] BOOLEAN ]] } B ::= SEQUENCE { x NULL } C ::= CHOICE { B } D ::= SET OF NULL E ::= ENUMERATED { ... } END");
        Assert.False(schema.HasErrors, string.Join('\n', schema.Diagnostics));
        foreach (var type in schema.Types.Values)
        {
            var again = Asn1Schema.Parse(type.ToNotation());
            Assert.False(again.HasErrors, $"{string.Join('\n', again.Diagnostics)}\n{type.ToNotation()}");
        }
    }

    [Fact]
    public void ToNotation_Writes_EveryConstruct()
    {
        var schema = Asn1Schema.Parse("""
            M DEFINITIONS AUTOMATIC TAGS ::= BEGIN
            A ::= [APPLICATION 5] SEQUENCE { n INTEGER { one(1) } (0..10), b BIT STRING { x(0), y(3) } OPTIONAL, ..., add BOOLEAN, ..., e ENUMERATED { p, q, ... }, next A OPTIONAL,
              s SEQUENCE SIZE (1..3) OF IA5String (FROM ("a".."z" | "0")) (SIZE (2)), c CHOICE { i [7] EXPLICIT INTEGER, d A }, w SET OF R, x EXTERNAL, t UTF8String (SIZE (1..MAX, ...)) }
            R ::= REAL (0..1.5)
            END
            """);
        Assert.False(schema.HasErrors, string.Join('\n', schema.Diagnostics));
        var text = schema.Types["M.A"].ToNotation();
        Snapshot.Match(text, "notation.txt");
        var again = Asn1Schema.Parse(text);
        Assert.False(again.HasErrors, string.Join('\n', again.Diagnostics));
        for (var seed = 0; seed < 50; seed++)
        {
            again.Types["M.A"].Check(RandomValue.Encode(schema.Types["M.A"], new Random(seed), seed));
        }
    }
}
