using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Makes character strings by chance.</summary>
internal sealed class RandomText(System.Random random)
{
    private const string Printable = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 '()+,-./:=?";
    private const int MostTries = 200;

    /// <summary>Makes a string of a length.</summary>
    internal byte[] Make(TypeKind kind, ConstraintLeaves leaves, int length)
    {
        var alphabets = leaves.Alphabets.ToList();
        var text = new StringBuilder();
        for (var i = 0; i < length; i++)
            text.Append(Character(kind, alphabets).ToString());
        return CharacterStrings.Octets(kind, text.ToString()) ?? [];
    }

    private Rune Character(TypeKind kind, List<Constraint.Alphabet> alphabets)
    {
        for (var i = 0; i < MostTries; i++)
        {
            var rune = alphabets.Count == 0 ? Any(kind) : Within(alphabets[random.Next(alphabets.Count)]);
            if (rune is { } found && alphabets.All(alphabet => Contains(alphabet, found.Value)) && CharacterStrings.Octets(kind, found.ToString()) is not null)
                return found;
        }

        return new Rune(' ');
    }

    private Rune Any(TypeKind kind) => kind switch
    {
        TypeKind.NumericString => new Rune("0123456789 "[random.Next(11)]),
        TypeKind.PrintableString => new Rune(Printable[random.Next(Printable.Length)]),
        TypeKind.Utf8String or TypeKind.UniversalString when random.Next(3) == 0 => new Rune(random.Next(0x10000, 0x110000)),
        TypeKind.Utf8String or TypeKind.UniversalString or TypeKind.BmpString when random.Next(2) == 0 => new Rune(random.Next(0x20, 0xD800)),
        _ => new Rune(random.Next(0x20, 0x7F)),
    };

    private Rune? Within(Constraint.Alphabet alphabet)
    {
        if (alphabet.Ends.Count < 2)
            return null;
        var range = 2 * random.Next(alphabet.Ends.Count / 2);
        var point = random.Next(alphabet.Ends[range], Math.Min(alphabet.Ends[range + 1], 0x10FFFF) + 1);
        return Rune.IsValid(point) ? new Rune(point) : null;
    }

    private static bool Contains(Constraint.Alphabet alphabet, int character)
    {
        for (var i = 0; i + 1 < alphabet.Ends.Count; i += 2)
        {
            if (character >= alphabet.Ends[i] && character <= alphabet.Ends[i + 1])
                return true;
        }

        return false;
    }
}
