namespace CkiSdk.Protocol.Storage;

/// <summary>Is what an operator has taken of a party so that it is known and reached: its card, and a route if he knows a better one.</summary>
/// <param name="CanonicalName">The party's name in canonical form; each has one card.</param>
/// <param name="Content">The card as the application writes it; no store looks into it.</param>
public sealed record StoredCard(string CanonicalName, ReadOnlyMemory<byte> Content)
{
    /// <summary>Gets the route by which the party is reached from here; null for what its card says.</summary>
    public string? Route { get; init; }
}
