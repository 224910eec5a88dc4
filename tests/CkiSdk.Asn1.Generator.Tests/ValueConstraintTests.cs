using System.Text;

namespace CkiSdk.Asn1.Generator.Tests;

/// <summary>Holds times to property settings and ranges, and structures to single values: generated code and types at run time, on reading and on writing.</summary>
public sealed class ValueConstraintTests
{
    private const string Notation = """
        T ::= TIME
        D ::= DATE
        O ::= TIME-OF-DAY
        DT ::= DATE-TIME
        P ::= DURATION
        G ::= GeneralizedTime
        U ::= UTCTime
        N ::= REAL
        Day ::= T (SETTINGS "Basic=Date Date=YMD Year=Basic")
        Utc ::= T (SETTINGS "Basic=Time Time=HMS Local-or-UTC=Z")
        Thousandths ::= T (SETTINGS "Time=HMSF3")
        Beginning ::= T (SETTINGS "Basic = Date-Time Midnight = Start")
        Span ::= T (SETTINGS "Basic=Interval Interval-type=SE SE-point=Date")
        Twice ::= T (SETTINGS "Basic=Rec-Interval Recurrence=R2")
        Forever ::= T (SETTINGS "Recurrence=Unlimited" | SETTINGS "Recurrence=R1")
        Week ::= T (SETTINGS "Date=YWD")
        Century ::= T (SETTINGS "Date=C Year=Basic")
        Far ::= T (SETTINGS "Year=L5")
        Before ::= T (SETTINGS "Year=Negative")
        NoDate ::= T (ALL EXCEPT (SETTINGS "Basic=Date"))
        Eighties ::= D ("1980-01-01".."1989-12-31")
        Morning ::= O ("06:00:00"..<"12:00:00")
        Until ::= DT (MIN.."2026-01-01T00:00:00")
        Short ::= P ("PT1M".."PT2H")
        Long ::= P ("P1M"<..MAX)
        Zoned ::= T ("10:00:00Z".."11:00:00Z")
        Weeks ::= T ("1985-W01-1".."1985-W52-7")
        Times5 ::= T ("R2/1985-04-12/P1D".."R5/1985-04-12/P1D")
        Century21 ::= G ("20010101000000Z".."21001231235959Z")
        Fifties ::= U ("500101000000Z".."591231235959Z")
        Only ::= D ("1985-04-12" | "1985-04-13")
        Half ::= N (0.5 | 2)
        Pair ::= SEQUENCE { a INTEGER, b [0] BOOLEAN OPTIONAL, c [1] INTEGER DEFAULT 7 }
        Pinned ::= Pair ({ a 1, b TRUE } | { a 3 })
        Other ::= Pair (ALL EXCEPT { a 1 })
        Eight ::= Pair (WITH COMPONENTS { ..., c (8) })
        Either ::= CHOICE { n INTEGER, t UTF8String, z NULL }
        Chosen ::= Either (n : 5 | z : NULL)
        Row ::= SEQUENCE OF INTEGER
        Rows ::= Row ({ 1, 2 } | { })
        Bag ::= SET OF INTEGER
        Bags ::= Bag ({ 2, 1, 1 })
        Tree ::= SEQUENCE { p Pair, l SEQUENCE OF Either, o ANY }
        Trees ::= Tree (tree)
        tree Tree ::= { p { a 1 }, l { n : 5, t : "x" }, o INTEGER : 4 }
        Ops ::= BIT STRING { a(0), b(1), c(2) }
        KIND ::= CLASS { &id INTEGER UNIQUE, &Ops Ops, &Sizes INTEGER OPTIONAL } WITH SYNTAX { ID &id OPS &Ops [SIZES &Sizes] }
        Kinds KIND ::= { {ID 1 OPS {{a}} SIZES {1 | 2}} | {ID 2 OPS {{b} | {a, b}} SIZES Fives} }
        Fives INTEGER ::= { 5 | 10..15 }
        OneKind ::= SEQUENCE { id KIND.&id ({Kinds}), ops KIND.&Ops ({Kinds}{@id}), size KIND.&Sizes ({Kinds}{@id}) OPTIONAL }
        Relaxed ::= Pair ({ a 3 }) --! relax ConstraintViolated
        RelaxedDay ::= T (SETTINGS "Date=YMD") --! relax ConstraintViolated
        Moments ::= SEQUENCE { t T (SETTINGS "Date=Y"), d D ("1980-01-01".."1989-12-31"), p Pair ({ a 3 }) OPTIONAL }
        """;

    private static readonly TwofoldModule Module = new(Notation);

    public static TheoryData<string, string, string, string> Rows => new()
    {
        { "Day", "T", Time("1985-04-12"), Time("1985-102") },
        { "Day", "T", Time("1985-04-12"), Time("0085-04-12") },
        { "Day", "T", Time("1985-04-12"), Time("1985-04-12T10:00:00") },
        { "Utc", "T", Time("15:27:46Z"), Time("15:27:46") },
        { "Utc", "T", Time("15:27:46Z"), Time("15:27:46+01") },
        { "Utc", "T", Time("15:27:46Z"), Time("15:27Z") },
        { "Thousandths", "T", Time("15:27:46.125"), Time("15:27:46.25") },
        { "Beginning", "T", Time("1985-04-12T00:00:00"), Time("1985-04-12T24:00:00") },
        { "Beginning", "T", Time("1985-04-12T10:00"), Time("10:00") },
        { "Span", "T", Time("1985-04-12/1985-04-13"), Time("1985-04-12/P1D") },
        { "Span", "T", Time("1985-04-12/1985-04-13"), Time("10:00/11:00") },
        { "Twice", "T", Time("R12/1985-04-12/P1D"), Time("R5/1985-04-12/P1D") },
        { "Forever", "T", Time("R/P1D/1985-04-12"), Time("R12/P1D/1985-04-12") },
        { "Week", "T", Time("1985-W15-5"), Time("1985-W15") },
        { "Century", "T", Time("19C"), Time("1985") },
        { "Far", "T", Time("+12345-04-12"), Time("+123456-04-12") },
        { "Before", "T", Time("-0085-04"), Time("0085-04") },
        { "NoDate", "T", Time("10:00"), Time("1985") },
        { "Eighties", "D", "1F1F083139383530343132", "1F1F083139393030343132" },
        { "Eighties", "D", "1F1F083139383931323331", "1F1F083139373931323331" },
        { "Morning", "O", "1F2006303630303030", "1F2006313230303030" },
        { "Until", "DT", "1F210E3230323630313031303030303030", "1F210E3230323630313031303030303031" },
        { "Short", "P", TwofoldModule.Duration("T90M"), TwofoldModule.Duration("1D") },
        { "Short", "P", TwofoldModule.Duration("T60S"), TwofoldModule.Duration("T59.9S") },
        { "Long", "P", TwofoldModule.Duration("31D"), TwofoldModule.Duration("30D") },
        { "Long", "P", TwofoldModule.Duration("1M1D"), TwofoldModule.Duration("1M") },
        { "Zoned", "T", Time("12:30:00+02"), Time("12:30:00+01") },
        { "Zoned", "T", Time("10:30Z"), Time("10:30:00") },
        { "Weeks", "T", Time("1984-12-31"), Time("1984-12-30") },
        { "Times5", "T", Time("R3/1985-04-12/P1D"), Time("R6/1985-04-12/P1D") },
        { "Times5", "T", Time("R5/1985-04-12/P1D"), Time("R3/1985-04-12/P2D") },
        { "Century21", "G", "180F32303236303130313030303030305A", "180F31393236303130313030303030305A" },
        { "Fifties", "U", "170D3530303130313030303030305A", "170D3439303130313030303030305A" },
        { "Only", "D", "1F1F083139383530343133", "1F1F083139383530343134" },
        { "Half", "N", "090380FF01", "0903800001" },
        { "Pinned", "Pair", "3008020101A0030101FF", "3003020101" },
        { "Pinned", "Pair", "3003020103", "3008020103A0030101FF" },
        { "Pinned", "Pair", "3003020103", "3008020103A103020108" },
        { "Other", "Pair", "3003020102", "3003020101" },
        { "Eight", "Pair", "3008020101A103020108", "3003020101" },
        { "Chosen", "Either", "020105", "020106" },
        { "Chosen", "Either", "0500", "0C0161" },
        { "Rows", "Row", "3006020101020102", "3006020102020101" },
        { "Rows", "Row", "3000", "3003020101" },
        { "Bags", "Bag", "3109020101020101020102", "3109020101020102020102" },
        { "Trees", "Tree", "301030030201013006020105" + "0C0178020104", "301030030201013006020106" + "0C0178020104" },
        { "Trees", "Tree", "301030030201013006020105" + "0C0178020104", "301030030201013006020105" + "0C0178020105" },
    };

    [Theory]
    [InlineData("300702010103020780", "300702010103020520")]
    [InlineData("300A0201020302064002010C", "300A02010203020640020104")]
    [InlineData("300A020102030206C0020105", "300A020103030206C0020105")]
    public void SetsOfValues_OfObjects_LimitFields(string inside, string outside)
    {
        Assert.Equal(inside, Module.Code.Encode(Module.Code.Decode("OneKind", inside)));
        Assert.Equal(DerErrorKind.ConstraintViolated, Assert.Throws<DerException>(() => Module.Code.Decode("OneKind", outside)).Kind);
        Module.AtRunTime("OneKind").Check(Convert.FromHexString(inside));
        Assert.Throws<DerException>(() => Module.AtRunTime("OneKind").Check(Convert.FromHexString(outside)));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void GeneratedType_Reads_WhatIsInside_AndNeitherReadsNorWritesWhatIsOutside(string type, string other, string inside, string outside) =>
        Module.AssertCode(type, other, inside, outside);

    [Theory]
    [MemberData(nameof(Rows))]
    public void TypeAtRunTime_Reads_WhatIsInside_AndNeitherReadsNorWritesWhatIsOutside(string type, string other, string inside, string outside)
    {
        Assert.False(Module.Schema.HasErrors, string.Join('\n', Module.Schema.Diagnostics));
        Module.AssertDescriptors(type, other, inside, outside);
        foreach (var descriptor in Module.Descriptors(type))
            Assert.Equal(inside, Convert.ToHexString(Jer.ToDer(descriptor, Jer.FromDer(Module.AtRunTime(other), Convert.FromHexString(inside)))));
    }

    [Fact]
    public void ValuesByChance_AreInside_AlsoOfTheNotationCompiledAgain()
    {
        // The value of an open type has no notation without the name of its type: Trees is printed without its constraint.
        foreach (var name in Rows.Select(row => row.Data.Item1).Append("Moments").Where(name => name != "Trees").Distinct()) Module.AssertByChance(name);
    }

    [Theory]
    [InlineData("Relaxed", "3003020101")]
    [InlineData("RelaxedDay", "0E0431393835")]
    public void RelaxedType_ReadsAndWrites_WhatIsOutside(string type, string hex) => Assert.Equal(hex, Module.Code.Encode(Module.Code.Decode(type, hex)));

    [Theory]
    [InlineData("settings that there are not", "A ::= TIME (SETTINGS \"Basic=DateTime\")", "error CKI0120: Basic=DateTime is no property setting of TIME")]
    [InlineData("ends without an order", "A ::= TIME (\"10:00\"..\"1985-04-12\")", "error CKI0120: the ends of this range have no order")]
    [InlineData("ends in the wrong order", "A ::= DATE (\"1985-04-12\"..\"1985-04-11\")", "error CKI0120: this range is empty")]
    [InlineData("no such text", "A ::= DATE (\"1985-13-12\"..MAX)", "error CKI0106: expected a value of DATE, YYYY-MM-DD, found \"1985-13-12\"")]
    [InlineData("no such component", "A ::= SEQUENCE { a NULL } B ::= A ({ b NULL })", "error CKI0106: there is no component b here; expected a")]
    [InlineData("a default of other properties", "A ::= SEQUENCE { a TIME (SETTINGS \"Date=YMD\") DEFAULT \"1985\" }", "warning CKI0121")]
    [InlineData("a default out of its range", "A ::= SEQUENCE { a DATE (\"1985-04-12\"..MAX) DEFAULT \"1985-04-11\" }", "warning CKI0121")]
    public void Fault_IsReported_AtItsPlace(string description, string assignments, string expected) => TwofoldModule.AssertFault(description, assignments, expected);

    private static string Time(string text) => $"0E{text.Length:X2}{Convert.ToHexString(Encoding.ASCII.GetBytes(text))}";
}
