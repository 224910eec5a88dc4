namespace CkiSdk.Cli.Homes;

/// <summary>Is the card of another party.</summary>
/// <param name="Card">The card.</param>
/// <param name="Route">The route by which the party is reached from here.</param>
internal sealed record KnownCard(PartyCard Card, string Route);
