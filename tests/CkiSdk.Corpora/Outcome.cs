namespace CkiSdk.Corpora;

/// <summary>Is what one input came to: Found is null where it is as expected.</summary>
internal sealed record Outcome(string File, string Expected, string? Found);
