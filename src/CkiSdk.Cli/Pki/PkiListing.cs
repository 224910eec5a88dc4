using System.Text;
using System.Text.Json.Nodes;

namespace CkiSdk.Cli.Pki;

/// <summary>Collects rows: objects in arrays of the document, and a line of text each.</summary>
internal sealed class PkiListing
{
    private readonly JsonObject _json = [];
    private readonly StringBuilder _text = new();

    /// <summary>Makes sure that an array is there, also without rows.</summary>
    /// <param name="array">The array's name.</param>
    public PkiListing With(string array)
    {
        _json[array] ??= new JsonArray();
        return this;
    }

    /// <summary>Adds a row.</summary>
    /// <param name="array">The array's name.</param>
    /// <param name="row">The object.</param>
    /// <param name="line">The line, without its break.</param>
    public void Add(string array, JsonObject row, string line)
    {
        With(array)._json[array]!.AsArray().Add((JsonNode)row);
        _text.Append(Invocation.Failures.OneLine(line)).Append('\n');
    }

    /// <summary>Gives the result.</summary>
    public PkiResult ToResult() => new(_json, _text.ToString());
}
