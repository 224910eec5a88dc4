using System.Text;

namespace CkiSdk.Asn1.Generator.Tests;

/// <summary>Holds REAL, DURATION, EXTERNAL, EMBEDDED PDV and CHARACTER STRING to what WITH COMPONENTS says of their associated types: generated code and types at run time, on reading and on writing.</summary>
public sealed class PartConstraintTests
{
    private const string Notation = """
        N ::= REAL
        P ::= DURATION
        X ::= EXTERNAL
        E ::= EMBEDDED PDV
        C ::= CHARACTER STRING
        Single ::= N (WITH COMPONENTS { mantissa (-16777215..16777215), base (2), exponent (-149..104) })
        Money ::= N (WITH COMPONENTS { ..., base (10), exponent (-2) })
        Scaled ::= N (WITH COMPONENTS { mantissa (8 | 12), base (2), exponent (0..2) })
        Negative ::= N (WITH COMPONENTS { ..., mantissa (MIN..-1) })
        NoDigit ::= N (ALL EXCEPT (WITH COMPONENTS { mantissa (-9..9), base (10), exponent (0) }))
        Zeroed ::= N (0 | WITH COMPONENTS { mantissa (-9..9), base (2), exponent (0..5) })
        Later ::= N (WITH COMPONENTS { ..., mantissa (0..9, ...), base (2), exponent (0..5) })
        Weeks ::= P (WITH COMPONENTS { weeks (1..52) })
        Short ::= P (WITH COMPONENTS { ..., years ABSENT, months ABSENT })
        Clock ::= P (WITH COMPONENTS { hours, minutes (0..59), fractional-part ABSENT })
        Tenths ::= P (WITH COMPONENTS { ..., seconds PRESENT, fractional-part (WITH COMPONENTS { ..., number-of-digits (1) }) PRESENT })
        Referenced ::= X (WITH COMPONENTS { ..., identification (WITH COMPONENTS { syntax ({1 2 3}) }), data-value (SIZE (1 | 3)) })
        Negotiated ::= X (WITH COMPONENTS { ..., identification (WITH COMPONENTS { ..., context-negotiation (WITH COMPONENTS { ..., presentation-context-id (1..9) }) PRESENT }) })
        Described ::= X (WITH COMPONENTS { ..., data-value-descriptor PRESENT })
        Fixed ::= E (WITH COMPONENTS { ..., identification (WITH COMPONENTS { ..., fixed PRESENT }) })
        Abstract ::= E (WITH COMPONENTS { ..., identification (WITH COMPONENTS { syntaxes (WITH COMPONENTS { ..., abstract ({1 2 3}) }) }), data-value-descriptor ABSENT })
        Pinned ::= E ({ identification fixed : NULL, data-value 'AA'H })
        Brief ::= C (WITH COMPONENTS { ..., string-value (SIZE (1..2)) })
        """;

    private static readonly TwofoldModule Module = new(Notation);

    public static TheoryData<string, string, string, string> Rows => new()
    {
        { "Single", "N", "0903800001", "090481008001" },
        { "Single", "N", "0903807F01", Decimal("5.E-1") },
        { "Single", "N", "0904C1FF6B01", "0904C1FF6A01" },
        { "Single", "N", "090140", "0906800001000001" },
        { "Money", "N", Decimal("15.E-1"), "090380FF03" },
        { "Money", "N", Decimal("2.E+0"), Decimal("125.E-3") },
        { "Money", "N", Decimal("7.E5"), Decimal("7.E-1000000") },
        { "Scaled", "N", "0903800301", "0903800005" },
        { "Scaled", "N", "0903800403", "0903800601" },
        { "Negative", "N", "0903C00001", "0903800001" },
        { "NoDigit", "N", Decimal("12.E+0"), Decimal("5.E+0") },
        { "Zeroed", "N", "0900", "090380000B" },
        { "Later", "N", "090380000B", Decimal("5.E+0") },
        { "Weeks", "P", TwofoldModule.Duration("4W"), TwofoldModule.Duration("53W") },
        { "Weeks", "P", TwofoldModule.Duration("52W"), TwofoldModule.Duration("1D") },
        { "Short", "P", TwofoldModule.Duration("T5S"), TwofoldModule.Duration("1Y") },
        { "Short", "P", TwofoldModule.Duration("2DT3M"), TwofoldModule.Duration("3M") },
        { "Clock", "P", TwofoldModule.Duration("T2H30M"), TwofoldModule.Duration("T2H60M") },
        { "Clock", "P", TwofoldModule.Duration("T2H30M"), TwofoldModule.Duration("T2H30.5M") },
        { "Clock", "P", TwofoldModule.Duration("T2H0M"), TwofoldModule.Duration("T30M") },
        { "Tenths", "P", TwofoldModule.Duration("T1.5S"), TwofoldModule.Duration("T1S") },
        { "Tenths", "P", TwofoldModule.Duration("1DT0.1S"), TwofoldModule.Duration("T1.25S") },
        { "Referenced", "X", "280706022A038101AA", "280706022A048101AA" },
        { "Referenced", "X", "280906022A03A003020105", "280806022A038102AABB" },
        { "Referenced", "X", "280806022A03820200FF", "28060201018101AA" },
        { "Negotiated", "X", "280A06022A030201058101AA", "280A06022A0302010A8101AA" },
        { "Negotiated", "X", "280A06022A030201018101AA", "280706022A038101AA" },
        { "Described", "X", "280A06022A030701618101AA", "280706022A038101AA" },
        { "Fixed", "E", "2B07A00285008201AA", "2B09A00481022A038201AA" },
        { "Abstract", "E", "2B0FA00AA00880022A0381022A048201AA", "2B0FA00AA00880022A0481022A048201AA" },
        { "Pinned", "E", "2B07A00285008201AA", "2B07A00285008201AB" },
        { "Brief", "C", "3D07A00285008101AA", "3D09A00285008103AABBCC" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void GeneratedType_Reads_WhatIsInside_AndNeitherReadsNorWritesWhatIsOutside(string type, string other, string inside, string outside) =>
        Module.AssertCode(type, other, inside, outside);

    [Theory]
    [MemberData(nameof(Rows))]
    public void TypeAtRunTime_Reads_WhatIsInside_AndNeitherReadsNorWritesWhatIsOutside(string type, string other, string inside, string outside)
    {
        Assert.Empty(Module.Schema.Diagnostics);
        Module.AssertDescriptors(type, other, inside, outside);
    }

    [Fact]
    public void ValuesByChance_AreInside_AlsoOfTheNotationCompiledAgain()
    {
        // One value of an EMBEDDED PDV is not printed.
        foreach (var name in Rows.Select(row => row.Data.Item1).Where(name => name != "Pinned").Distinct()) Module.AssertByChance(name);
    }

    [Theory]
    [InlineData("no such part of a REAL", "A ::= REAL (WITH COMPONENTS { ..., sign (0) })", "error CKI0120: the type has no component sign")]
    [InlineData("a base that there is not", "A ::= REAL (WITH COMPONENTS { ..., base (16) })", "error CKI0120: this value is none that the type had before")]
    [InlineData("a part that is always there", "A ::= EMBEDDED PDV (WITH COMPONENTS { ..., data-value ABSENT })", "error CKI0120: data-value is always present")]
    [InlineData("parts of a type that has none", "A ::= UTF8String (WITH COMPONENTS { ..., a (0) })", "error CKI0120: WITH COMPONENTS is for")]
    [InlineData("parts of a DATE", "A ::= DATE (WITH COMPONENTS { ..., year (0) })", "error CKI0120: WITH COMPONENTS is for")]
    public void Fault_IsReported_AtItsPlace(string description, string assignments, string expected) => TwofoldModule.AssertFault(description, assignments, expected);

    private static string Decimal(string text) => $"09{text.Length + 1:X2}03{Convert.ToHexString(Encoding.ASCII.GetBytes(text))}";
}
