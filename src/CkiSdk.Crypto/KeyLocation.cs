using System.Diagnostics.CodeAnalysis;

namespace CkiSdk.Crypto;

/// <summary>Says where a key lives: in the memory of this process, in a token, or with a provider that the program registered.</summary>
/// <param name="Place">What holds the key: <c>software</c>, <c>token</c>, or the name that a provider is registered by.</param>
/// <param name="Name">The key's name there, such as the labels of token and object; <see langword="null"/> for a key in memory.</param>
public sealed record KeyLocation(string Place, string? Name = null)
{
    /// <summary>Gets the place of keys in memory.</summary>
    public static KeyLocation Software { get; } = new("software");

    /// <summary>Gets whether the key is in the memory of this process, so that it can be exported.</summary>
    public bool IsSoftware => Place == Software.Place;

    /// <summary>Reads the form <c>PLACE:NAME</c> or <c>PLACE</c>.</summary>
    /// <param name="text">The text; a place is made of letters, digits and hyphens.</param>
    /// <param name="location">The location.</param>
    /// <returns><see langword="false"/> if the text has another form.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out KeyLocation? location)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var place = colon < 0 ? text : text[..colon];
        var isPlace = place.Length > 0 && place.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
        location = isPlace ? new KeyLocation(place, colon < 0 ? null : text[(colon + 1)..]) : null;
        return location is not null;
    }

    /// <summary>Gives <c>PLACE:NAME</c>, or the place alone.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Name is null ? Place : $"{Place}:{Name}";
}
