using CkiSdk.Pki.Names;
using FsCheck.Xunit;

namespace CkiSdk.Pki.Tests.Names;

/// <summary>Shows the steps of RFC 4518 §2.</summary>
public sealed class StringPreparationTests
{
    [Theory]
    [InlineData("case of ASCII", "AbC", "abc")]
    [InlineData("spaces", "  a   b  ", "a b")]
    [InlineData("nothing but spaces", "   ", " ")]
    [InlineData("tab and line feed", "a\t\nb", "a b")]
    [InlineData("control characters", "a\u0001\u007Fb", "ab")]
    [InlineData("zero width space", "a\u200Bb", "ab")]
    [InlineData("ideographic space", "a\u3000b", "a b")]
    [InlineData("a space with a combining mark is no space", "a  \u0301b", "a  \u0301b")]
    [InlineData("ring above", "Å", "a\u030A")]
    [InlineData("angstrom sign", "\u212B", "a\u030A")]
    [InlineData("marks in canonical order", "a\u0301\u0323", "a\u0323\u0301")]
    [InlineData("Hangul", "한", "\u1112\u1161\u11AB")]
    [InlineData("Hangul without a trailing consonant", "가", "\u1100\u1161")]
    [InlineData("Deseret, beyond the basic plane", "\U00010400", "\U00010428")]
    [InlineData("CJK compatibility ideograph", "\uF900", "\u8C48")]
    [InlineData("dotted capital I", "\u0130", "i\u0307")]
    public void TryPrepare_Gives(string description, string text, string expected)
    {
        Assert.True(StringPreparation.TryPrepare(text, out var prepared));
        Assert.True(expected == prepared, $"{description}: {string.Join(' ', prepared.Select(c => ((int)c).ToString("X4", System.Globalization.CultureInfo.InvariantCulture)))}");
    }

    [Theory]
    [InlineData("empty", "")]
    [InlineData("nothing left", "\u00AD")]
    [InlineData("private use", "a\uE000")]
    [InlineData("no character", "a\uFFFE")]
    [InlineData("replacement character", "a\uFFFD")]
    [InlineData("unassigned in Unicode 3.2", "a\u0221")]
    [InlineData("beyond the last plane in use", "a\U0010FFFF")]
    [InlineData("a combining mark first", "\u0301a")]
    public void TryPrepare_Refuses(string description, string text) => Assert.False(StringPreparation.TryPrepare(text, out _), description);

    [Fact]
    public void TryPrepare_Refuses_HalfASurrogatePair() => Assert.False(StringPreparation.TryPrepare("a" + '\uD800', out _));

    [Property(MaxTest = 1000)]
    public void TryPrepare_IsIdempotent(string? text)
    {
        if (text is not null && StringPreparation.TryPrepare(text, out var once))
        {
            Assert.True(StringPreparation.TryPrepare(once, out var twice));
            Assert.Equal(once, twice);
        }
    }
}
