using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Names a token and an object in it: <c>pkcs11:token=cki;object=cma;type=private</c> (RFC 7512).</summary>
/// <remarks>What is absent matches anything. Vendors' attributes (<c>x-…</c>) are ignored; a PIN in the URI is refused, because URIs are seen by others.</remarks>
public sealed record Pkcs11Uri
{
    private const string Scheme = "pkcs11:";

    /// <summary>Gets the token's label.</summary>
    public string? Token { get; init; }

    /// <summary>Gets the token's manufacturer.</summary>
    public string? Manufacturer { get; init; }

    /// <summary>Gets the token's serial number.</summary>
    public string? Serial { get; init; }

    /// <summary>Gets the token's model.</summary>
    public string? Model { get; init; }

    /// <summary>Gets the slot's number, which does not outlive the process.</summary>
    public ulong? SlotId { get; init; }

    /// <summary>Gets the object's label (CKA_LABEL).</summary>
    public string? Object { get; init; }

    /// <summary>Gets the object's identifier (CKA_ID); empty for any.</summary>
    public ReadOnlyMemory<byte> Id { get; init; }

    /// <summary>Gets the object's class as the URI writes it: private, public, secret-key, cert or data.</summary>
    public string? Type { get; init; }

    /// <summary>Gets the module's file (query attribute module-path).</summary>
    public string? ModulePath { get; init; }

    /// <summary>Gets where the PIN is (query attribute pin-source): a file, or a file URI.</summary>
    public string? PinSource { get; init; }

    /// <summary>Gets whether the URI says anything of the token.</summary>
    public bool NamesToken => (Token ?? Manufacturer ?? Serial ?? Model) is not null || SlotId is not null;

    /// <summary>Gets whether the URI says which object.</summary>
    public bool NamesObject => Object is not null || !Id.IsEmpty;

    /// <summary>Tells whether a text has the scheme of these URIs.</summary>
    /// <param name="text">The text, such as the value of an option.</param>
    /// <returns>Whether it begins with <c>pkcs11:</c>.</returns>
    public static bool IsUri([NotNullWhen(true)] string? text) => text is not null && text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a URI.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The URI.</returns>
    /// <exception cref="FormatException">The text is no such URI, repeats an attribute, has an unknown one or holds a PIN.</exception>
    public static Pkcs11Uri Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!IsUri(text))
            throw new FormatException("A PKCS #11 URI begins with 'pkcs11:'.");
        var question = text.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? text[Scheme.Length..] : text[Scheme.Length..question];
        var uri = new Pkcs11Uri();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, value) in Attributes(path, ';', seen))
            uri = uri.WithPath(name, value);
        foreach (var (name, value) in Attributes(question < 0 ? "" : text[(question + 1)..], '&', seen))
            uri = uri.WithQuery(name, value);
        return uri;
    }

    /// <summary>Tells whether a slot and its token are what the URI names.</summary>
    /// <param name="slot">The slot.</param>
    /// <returns>Whether everything that the URI says of tokens and slots holds.</returns>
    public bool Matches(Pkcs11Slot slot)
    {
        ArgumentNullException.ThrowIfNull(slot);
        return Holds(Token, slot.Label) && Holds(Manufacturer, slot.Manufacturer) && Holds(Serial, slot.Serial) && Holds(Model, slot.Model)
            && (SlotId is null || SlotId == slot.Id) && slot.Flags.HasFlag(Pkcs11SlotFlags.TokenInitialized);
    }

    /// <summary>Compares everything, the identifier octet by octet.</summary>
    /// <param name="other">The other URI.</param>
    /// <returns>Whether they name the same.</returns>
    public bool Equals(Pkcs11Uri? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>Writes the URI.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        List<string> path = [];
        Add(path, "token", Token);
        Add(path, "manufacturer", Manufacturer);
        Add(path, "serial", Serial);
        Add(path, "model", Model);
        Add(path, "slot-id", SlotId?.ToString(CultureInfo.InvariantCulture));
        Add(path, "object", Object);
        if (!Id.IsEmpty)
            path.Add("id=" + string.Concat(Id.ToArray().Select(octet => $"%{octet:X2}")));
        Add(path, "type", Type);
        List<string> query = [];
        Add(query, "module-path", ModulePath);
        Add(query, "pin-source", PinSource);
        return Scheme + string.Join(';', path) + (query.Count == 0 ? "" : "?" + string.Join('&', query));
    }

    private static bool Holds(string? wanted, string actual) => wanted is null || string.Equals(wanted, actual, StringComparison.Ordinal);

    private static void Add(List<string> attributes, string name, string? value)
    {
        if (value is not null)
            attributes.Add($"{name}={Uri.EscapeDataString(value)}");
    }

    private static IEnumerable<(string Name, byte[] Value)> Attributes(string part, char separator, HashSet<string> seen)
    {
        foreach (var attribute in part.Split(separator, StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = attribute.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                throw new FormatException($"'{attribute}' in the PKCS #11 URI is no NAME=VALUE.");
            var name = attribute[..equals];
            if (!seen.Add(name))
                throw new FormatException($"The PKCS #11 URI has '{name}' twice.");
            yield return (name, Decode(attribute.AsSpan(equals + 1)));
        }
    }

    private static byte[] Decode(ReadOnlySpan<char> value)
    {
        var source = Encoding.UTF8.GetBytes(value.ToArray());
        var octets = new List<byte>(source.Length);
        for (var i = 0; i < source.Length; i++)
        {
            if (source[i] != '%')
            {
                octets.Add(source[i]);
                continue;
            }

            if (i + 2 >= source.Length || !byte.TryParse(source.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet))
                throw new FormatException("A '%' in the PKCS #11 URI is not followed by two hexadecimal digits.");
            octets.Add(octet);
            i += 2;
        }

        return [.. octets];
    }

    private static string Text(byte[] value) => Encoding.UTF8.GetString(value);

    private Pkcs11Uri WithPath(string name, byte[] value) => name switch
    {
        "token" => this with { Token = Text(value) },
        "manufacturer" => this with { Manufacturer = Text(value) },
        "serial" => this with { Serial = Text(value) },
        "model" => this with { Model = Text(value) },
        "slot-id" => this with { SlotId = Number(value) },
        "object" => this with { Object = Text(value) },
        "id" => this with { Id = value },
        "type" when Text(value) is "private" or "public" or "secret-key" or "cert" or "data" => this with { Type = Text(value) },
        "type" => throw new FormatException($"'{Text(value)}' is no type of a PKCS #11 URI: private, public, secret-key, cert or data."),
        "library-manufacturer" or "library-description" or "library-version" or "slot-description" or "slot-manufacturer" => this, // the module is chosen by its path
        _ when name.StartsWith("x-", StringComparison.Ordinal) => this,
        _ => throw new FormatException($"'{name}' is no attribute of a PKCS #11 URI."),
    };

    private Pkcs11Uri WithQuery(string name, byte[] value) => name switch
    {
        "module-path" => this with { ModulePath = Text(value) },
        "pin-source" => this with { PinSource = Text(value) },
        "module-name" => this,
        "pin-value" => throw new FormatException("A PIN does not belong into a PKCS #11 URI, which other programs see: use pin-source, a file or the environment."),
        _ when name.StartsWith("x-", StringComparison.Ordinal) => this,
        _ => throw new FormatException($"'{name}' is no query attribute of a PKCS #11 URI."),
    };

    private static ulong Number(byte[] value) =>
        ulong.TryParse(Text(value), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"'{Text(value)}' is no number of a slot.");
}
