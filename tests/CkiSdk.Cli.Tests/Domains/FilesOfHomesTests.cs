using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Recovery;
using CkiSdk.Cli.Routes;
using CkiSdk.Cli.Stores;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Shows that documents without what need not be there are read, and that what is missing or wrong in others is named with its place.</summary>
public sealed class FilesOfHomesTests : IDisposable
{
    private const string Card = """{"version":1,"kind":"cma","name":"CN=A","address":"a:1","certificate":"c","authority":"d","encryption":"e"}""";
    private const string Form = """{"what":"w","version":1,"cma":"a","case":"b","requester":"c","certificates":["d"],"request":"e"}""";
    private const string Mail = """{"version":1,"address":"a@b","outgoing":{"host":"h"},"incoming":{"host":"i"}}""";
    private const string Manifest = """{"version":1,"name":"CN=A","madeAt":"2026-01-01T00:00:00+00:00","certificates":1,"serials":2,"auditHead":"3:x","files":[{"path":"p","length":4,"sha256":"q"}]}""";
    private const string Configuration = """{"version":1,"kind":"user","name":"CN=A","key":{"kind":"file","place":"home.key"}}""";
    private const string Store = """{"version":1,"kind":"cma","name":"CN=A","key":{"kind":"file","place":"home.key"},"store":{"address":"postgres://a@b/c"}}""";
    private const string Seeds = """{"version":1,"seeds":[{"cma":"AA==","user":"AA==","identifier":"AA==","notBefore":"2026-01-01T00:00:00+00:00","notAfter":"2027-01-01T00:00:00+00:00","key":"AA=="}]}""";
    private static readonly string Enrolment = $$$"""{"version":1,"user":"CN=U","cma":{{{Card}}},"authentication":{"certificate":"a","key":"b"},"encryption":{"certificate":"c","key":"d"},"mac":"e"}""";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Documents => new()
    {
        { "home.json", Configuration },
        { "home.json with a database", Store },
        { "a card", Card },
        { "an enrolment", Enrolment },
        { "state.json", Seeds },
        { "mail.json", Mail },
        { "a decision", Form },
        { "backup.json", Manifest },
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WhatNeedNotBeThere_HasItsUsualValue()
    {
        var configuration = Read(Configuration, HomeJson.Default.HomeConfiguration);
        Assert.Equal((0, null, false), (configuration.Domain.Count, configuration.Listen, configuration.Recovery));
        Assert.Empty(Read(Card, HomeJson.Default.PartyCard).Domain);
        Assert.Empty(Read(Enrolment, HomeJson.Default.EnrolmentFile).Cma.Domain);
        var state = Read("""{"version":1}""", HomeJson.Default.UserState);
        Assert.Equal((0, 0, 0, 0), (state.Seeds.Count, state.Authorities.Count, state.Crls.Count, state.Certificates.Count));
        Assert.Equal((default(DateTimeOffset), null), (state.LastAnswer, state.Recovery));
        Assert.Null(Read(Mail, MailJson.Default.MailSettings).Outgoing.Port);
        Assert.Null(Read(Form, RecoveryJson.Default.RecoveryForm).Decision);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void EachMember_ThatIsMissing_OrNull_OrTwice_IsNamed(string row, string document)
    {
        ReadAs(row, document);
        foreach (var path in Members(JsonNode.Parse(document)!.AsObject(), []))
        {
            Assert.Contains($"'{path[^1]}' is missing", Fault(row, Without(document, path)), StringComparison.Ordinal);
            Assert.Contains($"{path[^1]} is of another kind than belongs there", Fault(row, With(document, path)), StringComparison.Ordinal);
        }

        Assert.Contains("'version' stands there twice", Fault(row, $$"""{"version":1,{{document[1..]}}"""), StringComparison.Ordinal);
        Assert.Contains("'versoin' is no member that is known here", Fault(row, $$"""{"versoin":1,{{document[1..]}}"""), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void ADocumentCutShort_IsToldSo_WithItsPlace(string row, string document)
    {
        for (var length = 0; length < document.Length; length++)
        {
            var cut = document[..length];
            Assert.Contains($"line 1, column {length + 1}: the text ends before its value does", Fault(row, cut), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("home.json", """{"version":1,"kind":"cma","name":"CN=A","domain":["O=A",null],"key":{"kind":"file","place":"home.key"}}""", "$.domain[1] is null")]
    [InlineData("home.json", """{"version":1,"kind":"user","name":"CN=A","key":{"kind":"file","place":"a\u0000b"}}""", "$.key.place holds the character U+0000")]
    [InlineData("a card", """{"version":1,"kind":"cma","name":"CN=A","domain":[null],"address":"a:1","certificate":"c","authority":"d","encryption":"e"}""", "$.domain[0] is null")]
    [InlineData("state.json", """{"version":1,"seeds":[null]}""", "$.seeds[0] is null")]
    [InlineData("state.json", """{"version":1,"crls":["AA==",null]}""", "$.crls[1] is null")]
    [InlineData("a decision", """{"what":"w","version":1,"cma":"a","case":"b","requester":"c","certificates":[null],"request":"e"}""", "$.certificates[0] is null")]
    public void AnElementThatIsNull_OrATextWithZero_IsNamed(string row, string document, string fault)
    {
        var exception = Assert.Throws<CommandException>(() => ReadAs(row, document));
        Assert.Equal((ExitCodes.Usage, $"{_folder.PathOf("document.json")} cannot be read: {fault}."), (exception.ExitCode, exception.Message));
    }

    [Theory]
    [InlineData("""{"version":1,"kind":"user","name":"\ud800","key":{"kind":"file","place":"home.key"}}""")]
    [InlineData("""{"version":1,"kind":"user","name":"CN=A","\udc00":1,"key":{"kind":"file","place":"home.key"}}""")]
    public void HalfASurrogatePair_IsNoText(string document) =>
        Assert.Equal(ExitCodes.Usage, Assert.Throws<CommandException>(() => ReadAs("home.json", document)).ExitCode);

    private static IEnumerable<string[]> Members(JsonObject document, string[] before)
    {
        foreach (var (name, value) in document)
        {
            if (name is not ("store" or "seeds")) yield return [.. before, name]; // these need not be there
            if (value is JsonObject inner)
                foreach (var path in Members(inner, [.. before, name])) yield return path;
        }
    }

    private static string Without(string document, string[] path)
    {
        var (root, holder) = Find(document, path);
        holder.Remove(path[^1]);
        return root.ToJsonString();
    }

    private static string With(string document, string[] path)
    {
        var (root, holder) = Find(document, path);
        holder[path[^1]] = null;
        return root.ToJsonString();
    }

    private static (JsonObject Root, JsonObject Holder) Find(string document, string[] path)
    {
        var root = JsonNode.Parse(document)!.AsObject();
        return (root, path[..^1].Aggregate(root, (node, name) => node[name]!.AsObject()));
    }

    private string Fault(string row, string document)
    {
        var exception = Assert.Throws<CommandException>(() => ReadAs(row, document));
        Assert.Equal(ExitCodes.Usage, exception.ExitCode);
        Assert.StartsWith($"{_folder.PathOf("document.json")} cannot be read: line 1, column ", exception.Message, StringComparison.Ordinal);
        return exception.Message;
    }

    private void ReadAs(string row, string document)
    {
        _ = row switch
        {
            "a card" => Read(document, HomeJson.Default.PartyCard),
            "an enrolment" => Read(document, HomeJson.Default.EnrolmentFile),
            "state.json" => Read(document, HomeJson.Default.UserState),
            "mail.json" => Read(document, MailJson.Default.MailSettings),
            "a decision" => Read(document, RecoveryJson.Default.RecoveryForm),
            "backup.json" => Read(document, BackupJson.Default.BackupManifest),
            _ => (object)Read(document, HomeJson.Default.HomeConfiguration),
        };
    }

    private T Read<T>(string document, JsonTypeInfo<T> type) => HomeFiles.ReadJson(_folder.WriteText("document.json", document), type);
}
