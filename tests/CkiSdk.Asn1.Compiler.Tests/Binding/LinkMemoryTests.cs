using CkiSdk.Asn1.Compiler.Binding;
using CkiSdk.Asn1.Compiler.Parsing;
using CkiSdk.Asn1.Compiler.Syntax;
using CkiSdk.TestSupport;

namespace CkiSdk.Asn1.Compiler.Tests.Binding;

/// <summary>Shows that linking with what is remembered of an earlier linking gives the same as linking everything, and links less.</summary>
public sealed class LinkMemoryTests
{
    // What makes one assignment depend on another without naming it, or on the order of all.
    private const string Awkward = """
        Awkward { 1 2 3 } DEFINITIONS AUTOMATIC TAGS ::= BEGIN
        IMPORTS Other, kind FROM Second;
        Foo ::= SEQUENCE { bar SEQUENCE { x INTEGER }, baz Other } -- about baz
        FooBar ::= SEQUENCE { v CHOICE { a NULL, b BOOLEAN } }
        Foo-Bar ::= ENUMERATED { a, b }
        FooView ::= OCTET STRING
        Param { Type, INTEGER:most } ::= SEQUENCE { list SEQUENCE (SIZE (1..most)) OF Type, e [5] ENUMERATED { one, two } }
        Used ::= Param { Foo, limit }
        Again ::= Param { Used, 4 }
        limit INTEGER ::= 7
        limit-2 INTEGER ::= limit
        Bound ::= INTEGER (limit..MAX)
        Twice ::= Bound (20..100)
        Doubtful ::= SEQUENCE { at Param { NULL, limit }, t UTCTime (SIZE (11..17)) }
        KIND ::= CLASS { &id INTEGER UNIQUE, &Type } WITH SYNTAX { &Type IDENTIFIED BY &id }
        one KIND ::= { Foo IDENTIFIED BY 1 }
        two KIND ::= { Bound IDENTIFIED BY kind }
        Kinds KIND ::= { one | two, ... }
        Holder ::= SEQUENCE { id KIND.&id ({Kinds}), value KIND.&Type ({Kinds}{@id}) }
        Copied ::= SEQUENCE { COMPONENTS OF Foo, last Holder }
        id OBJECT IDENTIFIER ::= { 1 2 limit }
        END
        """;

    private const string Second = """
        Second DEFINITIONS IMPLICIT TAGS ::= BEGIN
        IMPORTS limit FROM Awkward { 1 2 3 };
        Alias ::= Other
        --! relax UntrimmedNamedBits
        Other ::= BIT STRING { a(0), b(limit) }
        kind INTEGER ::= 12
        END
        """;

    [Fact]
    public void AwkwardModules_AfterAnyEdit_AreLinkedAsWithoutMemory() => Compare([("/m/awkward.asn1", Awkward), ("/m/second.asn1", Second)], LongRun.Count(400, 20_000), 20);

    [Fact]
    public void ManyModules_AfterAnyEdit_AreLinkedAsWithoutMemory()
    {
        (string Path, string Text)[] files = [.. Directory.GetFiles(Repository.PathOf("asn1"), "*.asn1").Order(StringComparer.Ordinal).Select(file => (file, File.ReadAllText(file)))];
        Compare(files, LongRun.Count(30, 1_000), 1);
    }

    [Theory]
    [InlineData("x INTEGER", "x BOOLEAN", 8)]
    [InlineData("Bound (20..100)", "Bound (20..50)", 1)]
    [InlineData("limit INTEGER ::= 7", "limit INTEGER ::= 8", 17)]
    [InlineData("-- about baz", "-- on baz", 8)]
    [InlineData("FooView ::= OCTET STRING", "FooView ::= OCTET STRING Another ::= NULL", 2)]
    [InlineData("Twice ::= ", "Third ::= ", 1)]
    public void Edit_Links_OnlyWhatCanDependOnIt(string before, string after, int linked)
    {
        var memory = new LinkMemory();
        var second = Parse("/m/second.asn1", Second);
        _ = Linker.Link([Parse("/m/awkward.asn1", Awkward), second], "Test", memory: memory);
        Assert.Equal(22, memory.Linked);
        _ = Linker.Link([Parse("/m/awkward.asn1", Awkward), second], "Test", memory: memory);
        Assert.Equal(1, memory.Linked);
        _ = Linker.Link([Parse("/m/awkward.asn1", Awkward.Replace(before, after, StringComparison.Ordinal)), second], "Test", memory: memory);
        Assert.Equal(linked, memory.Linked - 1);
    }

    [Fact]
    public void Repair_OfAnError_LinksWhatTheErrorTouchedOnly()
    {
        var memory = new LinkMemory();
        var files = new[] { Parse("/m/awkward.asn1", Awkward), Parse("/m/second.asn1", Second) };
        var whole = Linker.Link(files, "Test", memory: memory);
        var broken = Linker.Link([Parse("/m/awkward.asn1", Awkward.Replace("x INTEGER", "x INTEGR", StringComparison.Ordinal)), files[1]], "Test", memory: memory);
        Assert.Contains(broken.Diagnostics, fault => fault.IsError);
        Assert.Equal(whole, Linker.Link(files, "Test", memory: memory));
        Assert.Equal(1, memory.Linked);
    }

    private static void Compare((string Path, string Text)[] files, int count, int seeds)
    {
        var random = new Random(20261126);
        var (memory, edits) = (new LinkMemory(), new ModuleEdits(random));
        var parsed = files.Select(file => Parse(file.Path, file.Text)).ToArray();
        _ = Linker.Link(parsed, "Test", memory: memory);
        var (all, fewer) = (memory.Linked, 0);
        for (var i = 0; i < count; i++)
        {
            var index = random.Next(parsed.Length);
            parsed[index] = Parse(files[index].Path, edits.Edit(parsed[index].Source.Text));
            var expected = Linker.Link(parsed, "Test");
            var found = Linker.Link(parsed, "Test", memory: memory);
            Assert.True(expected.Equals(found), $"edit {i}: {Difference(expected, found)} in\n{string.Join('\n', parsed.Where(file => parsed.Length < 3 || file == parsed[index]).Select(file => file.Source.Text))}");
            fewer += memory.Linked < all / 2 ? 1 : 0;
            if (i % seeds == seeds - 1 || expected.Diagnostics.Count(fault => fault.IsError) > 3)
                parsed[index] = Parse(files[index].Path, files[index].Text);
        }

        Assert.InRange(fewer, count / 4, count);
    }

    private static string Difference(LinkResult expected, LinkResult found)
    {
        var (types, others) = (expected.Modules.SelectMany(module => module.Types).ToList(), found.Modules.SelectMany(module => module.Types).ToList());
        return string.Join('\n', types.Where(type => !others.Contains(type)).Concat(others.Where(type => !types.Contains(type))).Select(type => type.FullName)
            .Concat(expected.Diagnostics.Concat(found.Diagnostics).Where(fault => expected.Diagnostics.Contains(fault) != found.Diagnostics.Contains(fault)).Select(fault => fault.ToString())));
    }

    private static ParseResult Parse(string path, string text) => Parser.Parse(new SourceText(path, text));
}
