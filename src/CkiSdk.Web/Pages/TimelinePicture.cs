using System.Globalization;
using CkiSdk.Web.Html;
using CkiSdk.Web.State;

namespace CkiSdk.Web.Pages;

/// <summary>Draws the times of keys, certificates and lists as SVG, a bar for each.</summary>
internal static class TimelinePicture
{
    /// <summary>The path of the picture below the root.</summary>
    public const string Path = "/timeline.svg";

    /// <summary>How many bars there are at most; those that end first are drawn.</summary>
    public const int MostBars = 60;

    private const int Width = 960;
    private const int Left = 300;
    private const int Right = 20;
    private const int Top = 30;
    private const int Line = 24;
    private const int LongestLabel = 42;
    private static readonly TimeSpan Past = TimeSpan.FromDays(90);
    private static readonly TimeSpan Shortest = TimeSpan.FromDays(365);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(5 * 365);

    /// <summary>Draws it.</summary>
    /// <param name="periods">The times.</param>
    /// <param name="now">The present.</param>
    public static string Draw(IReadOnlyList<Period> periods, DateTimeOffset now)
    {
        var drawn = periods.Count <= MostBars ? periods : [.. periods.OrderBy(period => period.End).Take(MostBars)];
        var last = drawn.Select(period => period.End).DefaultIfEmpty(now).Max() - now;
        var scale = new Scale(now - Past, now + (last < Shortest ? Shortest : last > Longest ? Longest : last));
        var height = Top + (Line * (drawn.Count + 1));
        var today = Number(scale.X(now));
        var picture = HtmlNode.Element(
            "svg",
            [
                HtmlNode.Element("rect").With("width", $"{Width}").With("height", $"{height}").With("fill", "#ffffff"),
                .. Years(scale, height),
                .. drawn.Select((period, index) => Bar(period, scale, Top + (Line * index), now)),
                HtmlNode.Element("line").With("x1", today).With("x2", today).With("y1", $"{Top - 8}").With("y2", $"{height}").With("stroke", "#b00020").With("stroke-width", "2"),
                Label(today, Top - 12, "today").With("text-anchor", "middle").With("fill", "#b00020"),
            ]);
        return picture.With("xmlns", "http://www.w3.org/2000/svg").With("viewBox", $"0 0 {Width} {height}").With("width", $"{Width}").With("height", $"{height}").With("font-family", "sans-serif").With("font-size", "12").ToString();
    }

    private static IEnumerable<HtmlNode> Years(Scale scale, int height)
    {
        for (var year = scale.Begin.Year + 1; year <= scale.End.Year; year++)
        {
            var x = Number(scale.X(new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero)));
            yield return HtmlNode.Element("line").With("x1", x).With("x2", x).With("y1", $"{Top - 8}").With("y2", $"{height}").With("stroke", "#cccccc");
            yield return Label(x, height - 6, $"{year}").With("text-anchor", "middle").With("fill", "#555555");
        }
    }

    private static HtmlNode Bar(Period period, Scale scale, int y, DateTimeOffset now)
    {
        var (begin, end) = (scale.X(period.Begin), scale.X(period.End));
        var colour = period.At(now) switch
        {
            Standing.Coming => "#5b7fb5",
            Standing.InEffect => "#2e7d32",
            Standing.EndsSoon => "#c77700",
            _ => "#9e9e9e",
        };
        return HtmlNode.Element(
            "g",
            HtmlNode.Element("title", $"{period.Kind} {period.Name}: {period.Begin.UtcDateTime:yyyy-MM-dd} to {period.End.UtcDateTime:yyyy-MM-dd}"),
            Label($"{Left - 8}", y + 13, VisibleText.Cut(period.Kind == "Interoperability key" ? $"Key: {period.Name}" : $"{period.Kind}: {period.Name}", LongestLabel)).With("text-anchor", "end").With("fill", "#111111"),
            HtmlNode.Element("rect").With("x", Number(begin)).With("y", $"{y}").With("width", Number(Math.Max(3, end - begin))).With("height", $"{Line - 8}").With("rx", "3").With("fill", colour));
    }

    private static HtmlNode Label(string x, int y, string text) => HtmlNode.Element("text", text).With("x", x).With("y", $"{y}");

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private sealed record Scale(DateTimeOffset Begin, DateTimeOffset End)
    {
        public double X(DateTimeOffset time) => Left + (Math.Clamp((time - Begin) / (End - Begin), 0, 1) * (Width - Left - Right));
    }
}
