using CkiSdk.Web.Html;
using FsCheck.Xunit;

namespace CkiSdk.Web.Tests;

/// <summary>Shows that nothing that is put into a page is taken for a part of it.</summary>
public sealed class HtmlTests
{
    [Theory]
    [InlineData("an element", "<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;")]
    [InlineData("the end of an attribute", "\" onload=\"x", "&quot; onload=&quot;x")]
    [InlineData("an apostrophe", "'", "&#x27;")]
    [InlineData("an entity", "&amp;", "&amp;amp;")]
    [InlineData("a turn of the direction", "a\u202Eb", "a[U&#x2B;202E]b")]
    [InlineData("a mark without width", "a\u200Bb", "a[U&#x2B;200B]b")]
    [InlineData("a control character", "a\0b\n", "a[U&#x2B;0000]b[U&#x2B;000A]")]
    [InlineData("letters of other scripts", "Ωשلوم字", "Ωשلوم字")]
    public void Text_IsEncoded_AndSeen(string what, string text, string expected)
    {
        Assert.True(HtmlNode.Element("p", text).ToString() == $"<p>{expected}</p>", what);
        Assert.True(HtmlNode.Element("p").With("title", text).ToString() == $"<p title=\"{expected}\"></p>", what);
    }

    [Fact]
    public void HalfACharacter_IsShown_AsUnknown() => Assert.Equal("a\uFFFDb", ((HtmlNode)string.Concat("a", (char)0xD800, "b")).ToString());

    [Property]
    public void AnyText_HasNoMarkup(string? text)
    {
        var written = HtmlNode.Group((HtmlNode)(text ?? "")).ToString();
        Assert.DoesNotContain(written, letter => letter is '<' or '>' or '"' or '\'' || char.IsControl(letter));
    }

    [Theory]
    [InlineData("a script", "javascript:alert(1)")]
    [InlineData("another host", "//evil.example/")]
    [InlineData("another host as browsers read it", "/\\evil.example/")]
    [InlineData("a whole address", "https://evil.example/")]
    [InlineData("nothing", "")]
    public void Addresses_LeadNowhereElse(string what, string address)
    {
        foreach (var name in new[] { "href", "src", "action" }) Assert.True(Record.Exception(() => HtmlNode.Element("a").With(name, address)) is ArgumentException, what);
    }

    // What is shown of a name would be the name of another user.
    [Theory]
    [InlineData("CN=A\uE000,O=Domain A")]
    [InlineData("CN=A\u200C\u202EB\",O=<x>&amp;")]
    [InlineData("CN=\U000E0041\U0001F600")]
    public void HiddenFields_ComeBack_AsTheyWere(string value)
    {
        var written = HtmlNode.Element("input").WithHidden("user", value).ToString();
        Assert.StartsWith("<input type=\"hidden\" name=\"user\" value=\"", written, StringComparison.Ordinal);
        var inside = written["<input type=\"hidden\" name=\"user\" value=\"".Length..^2];
        Assert.DoesNotContain(inside, letter => letter is '<' or '>' or '"' or '\'');
        Assert.Equal(value, System.Net.WebUtility.HtmlDecode(inside));
    }

    [Fact]
    public void Names_OfElementsAndAttributes_AreWords()
    {
        Assert.Throws<ArgumentException>(() => HtmlNode.Element("a b"));
        Assert.Throws<ArgumentException>(() => HtmlNode.Element("a").With("x=1"));
        Assert.Throws<ArgumentException>(() => HtmlNode.Element(""));
    }
}
