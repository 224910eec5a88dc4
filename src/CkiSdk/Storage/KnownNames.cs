using System.Text.RegularExpressions;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage;

/// <summary>Shows names as people write them, where a store has their canonical form.</summary>
public sealed partial class KnownNames
{
    private readonly Dictionary<string, string> _names;

    private KnownNames(Dictionary<string, string> names) => _names = names;

    /// <summary>Reads the names of a store's users and peers.</summary>
    /// <param name="own">Whose store it is.</param>
    /// <param name="store">The store.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The names as they are now.</returns>
    /// <exception cref="CmaStoreException">The store cannot be read.</exception>
    public static async Task<KnownNames> ReadAsync(DistinguishedName own, ICmaStore store, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(store);
        var names = new Dictionary<string, string>(StringComparer.Ordinal) { [own.Canonical] = own.ToString() };
        foreach (var user in await store.ListUsersAsync(cancellationToken).ConfigureAwait(false))
        {
            names[user.CanonicalName] = DistinguishedName.Decode(user.Name).ToString();
        }

        foreach (var peer in await store.ListPeersAsync(cancellationToken).ConfigureAwait(false))
        {
            names[peer.CanonicalName] = DistinguishedName.Decode(peer.Name).ToString();
        }

        return new KnownNames(names);
    }

    /// <summary>Puts names in the place of the canonical forms in a text; those of strangers come in small letters, as they are kept.</summary>
    /// <param name="text">The text: names, or a sentence with names in it, with semicolons between them.</param>
    public string Show(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Canonical().IsMatch(text) ? string.Join("; ", text.Split("; ").Select(ShowPart)) : text;
    }

    private string ShowPart(string part)
    {
        if (_names.TryGetValue(part, out var known))
        {
            return known;
        }

        var first = Canonical().Match(part);
        if (!first.Success)
        {
            return part;
        }

        return first.Index == 0 && Write(part) is { } stranger
            ? stranger
            : _names.OrderByDescending(name => name.Key.Length).Aggregate(part, (text, name) => text.Replace(name.Key, name.Value, StringComparison.Ordinal));
    }

    private static string? Write(string canonical)
    {
        var relatives = canonical.Split(',').Reverse().Select(relative => relative.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? $"{relative[..colon]}={relative[(colon + 1)..]}" : relative);
        return DistinguishedName.TryParse(string.Join(',', relatives), out var name) ? name.ToString() : null;
    }

    // An object identifier, then a colon and the value.
    [GeneratedRegex(@"\b\d+(?:\.\d+)+:", RegexOptions.NonBacktracking)]
    private static partial Regex Canonical();
}
