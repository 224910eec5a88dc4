namespace CkiSdk.Corpora;

/// <summary>Is what one input came to: Found is null where it is as expected; Note tells more of it on demand.</summary>
internal sealed record Outcome(string File, string Expected, string? Found, string? Note = null);
