using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Remembers which pieces of notation are being worked out, so that one which needs itself is found, and the way that leads back to it can be told.</summary>
internal sealed class Trail
{
    private readonly Dictionary<(SyntaxNode Node, string Key), int> _places = new(PlaceComparer.Instance);
    private readonly List<((SyntaxNode Node, string Key) Place, string Name)> _steps = [];

    /// <summary>Gets how many pieces are being worked out.</summary>
    public int Depth => _steps.Count;

    /// <summary>Enters a piece; returns false where it is being worked out already, and then it is not left again.</summary>
    /// <param name="node">The piece.</param>
    /// <param name="scope">Where its names are looked up.</param>
    /// <param name="name">What the way calls it.</param>
    public bool TryEnter(SyntaxNode node, Scope scope, string name)
    {
        var place = (node, scope.Key);
        if (_places.ContainsKey(place))
        {
            return false;
        }

        _places.Add(place, _steps.Count);
        _steps.Add((place, name));
        return true;
    }

    /// <summary>Leaves the piece that was entered last.</summary>
    public void Leave()
    {
        _places.Remove(_steps[_steps.Count - 1].Place);
        _steps.RemoveAt(_steps.Count - 1);
    }

    /// <summary>Returns the names on the way from a piece that is being worked out back to it: <c>a, b, a</c>.</summary>
    public string Way(SyntaxNode node, Scope scope)
    {
        const int MostNames = 6;
        var names = _steps.Skip(_places[(node, scope.Key)]).Select(step => step.Name).ToList();
        var shown = names.Count <= MostNames ? names : [.. names.Take(MostNames - 1), "…"];
        return string.Join(", ", shown.Append(names[0]));
    }
}
