using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Service;

namespace CkiSdk.Cli.Tests.Service;

/// <summary>Shows where the options of a service come from, and what is said of a file that is none.</summary>
public sealed class ServiceSettingsTests(DemoFixture demo) : IClassFixture<DemoFixture>, IDisposable
{
    private static readonly Setting[] Settings = [new("listen"), new("health"), new("web-tls", SettingKind.Flag), new("web-host", SettingKind.Texts)];
    private readonly CkiSdk.TestSupport.TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("all", "flag", "environment", "file", "flag")]
    [InlineData("no flag", null, "environment", "file", "environment")]
    [InlineData("an empty variable", null, "", "file", "file")]
    [InlineData("the file alone", null, null, "file", "file")]
    [InlineData("the environment alone", null, "environment", null, "environment")]
    [InlineData("nothing", null, null, null, null)]
    public void Flags_GoBefore_TheEnvironment_AndThatBefore_TheFile(string row, string? flag, string? variable, string? file, string? expected)
    {
        var settings = Read(file is null ? "{}" : $$"""{ "health": "{{file}}", } // a remark""", name => name == "CKI_HEALTH" ? variable : null);
        Assert.Equal((row, expected), (row, settings.Find("health", flag)));
        Assert.Null(settings.Find("listen", null));
    }

    [Theory]
    [InlineData("nothing", "{}", null, null, false, "")]
    [InlineData("the file", """{ "web-tls": true, "web-host": ["a", "b"] }""", null, null, true, "a,b")]
    [InlineData("the environment", """{ "web-tls": true, "web-host": ["a", "b"] }""", "false", "c; d ;", false, "c,d")]
    [InlineData("empty variables", """{ "web-tls": true, "web-host": ["a"] }""", "", "", true, "a")]
    public void Flags_AndLists_ComeFromThere_Too(string row, string file, string? flag, string? list, bool isSo, string expected)
    {
        var settings = Read(file, name => name == "CKI_WEB_TLS" ? flag : name == "CKI_WEB_HOST" ? list : null);
        Assert.Equal((row, isSo, expected), (row, settings.FindFlag("web-tls", false), string.Join(',', settings.FindAll("web-host", []))));
        Assert.True(settings.FindFlag("web-tls", true));
        Assert.Equal(["e"], settings.FindAll("web-host", ["e"]));
        Assert.Throws<CommandException>(() => Read("{}", _ => "perhaps").FindFlag("web-tls", false));
    }

    [Theory]
    [InlineData("[]", "is no object of settings")]
    [InlineData("{ \"helth\": \"x\" }", "'helth' is no setting; there are listen, health, web-tls, web-host.")]
    [InlineData("{ \"health\": 1 }", "'health' is one text.")]
    [InlineData("{ \"health\": \"a\", \"health\": \"b\" }", "'health' is one text.")]
    [InlineData("{ \"web-tls\": \"yes\" }", "'web-tls' is true or false.")]
    [InlineData("{ \"web-host\": \"a\" }", "'web-host' is a list of texts.")]
    [InlineData("{ \"web-host\": [\"a\", 1] }", "'web-host' is a list of texts.")]
    [InlineData("{ \"web-host\": [null] }", "cannot be read: $.web-host[0] is null.")]
    [InlineData("{ \"health\": \"a\\u0000b\" }", "cannot be read: $.health holds the character U+0000.")]
    [InlineData("{ \"health\": \"\\ud800\" }", "cannot be read: a text in it has half a surrogate pair.")]
    [InlineData("{ \"\\ud800\": \"a\" }", "cannot be read: a text in it has half a surrogate pair.")]
    [InlineData("{", "cannot be read: line 1, column 2: the text ends before its value does.")]
    [InlineData("{\n  \"health\": \"127.0", "cannot be read: line 2, column 19: the text ends before its value does.")]
    [InlineData("{ \"health\" \"127.0.0.1:1\" }", "cannot be read: line 1, column 12: '\"' cannot stand here.")]
    [InlineData("", "cannot be read: line 1, column 1: the text ends before its value does.")]
    public void File_ThatIsNone_IsNamed(string content, string words)
    {
        var exception = Assert.Throws<CommandException>(() => Read(content, _ => null));
        Assert.Equal(ExitCodes.Usage, exception.ExitCode);
        Assert.StartsWith(_folder.PathOf("s.json"), exception.Message, StringComparison.Ordinal);
        Assert.Contains(words, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_MustBeThere_WhereItIsNamed_AndNeedNot_InTheHome()
    {
        Assert.Throws<CommandException>(() => ServiceSettings.Read(Home, _folder.PathOf("missing.json"), Settings, _ => null));
        Assert.Null(ServiceSettings.Read(Home, null, Settings, _ => null).Find("health", null));
    }

    private Home Home => Home.Open(Path.Combine(demo.Folder, "a"), HomeKind.Cma);

    private ServiceSettings Read(string content, Func<string, string?> environment)
    {
        File.WriteAllText(_folder.PathOf("s.json"), content);
        return ServiceSettings.Read(Home, _folder.PathOf("s.json"), Settings, environment);
    }
}
