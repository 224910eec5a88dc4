using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace CkiSdk.Asn1.Generator.CodeFirst;

/// <summary>Is a place in a C# file, without the objects of Roslyn that would hold on to its tree.</summary>
internal sealed record CodePlace(string Path, int Start, int Length, int StartLine, int StartColumn, int EndLine, int EndColumn)
{
    /// <summary>Returns the place of a symbol's name.</summary>
    public static CodePlace Of(ISymbol symbol)
    {
        var location = symbol.Locations.FirstOrDefault(location => location.IsInSource);
        if (location is null)
        {
            return new CodePlace(string.Empty, 0, 0, 0, 0, 0, 0);
        }

        var lines = location.GetLineSpan();
        return new CodePlace(
            lines.Path, location.SourceSpan.Start, location.SourceSpan.Length,
            lines.StartLinePosition.Line, lines.StartLinePosition.Character, lines.EndLinePosition.Line, lines.EndLinePosition.Character);
    }

    /// <summary>Returns the location for a diagnostic.</summary>
    public Location ToLocation() => Location.Create(
        Path, new TextSpan(Start, Length), new LinePositionSpan(new LinePosition(StartLine, StartColumn), new LinePosition(EndLine, EndColumn)));
}
