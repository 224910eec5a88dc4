namespace CkiSdk.Corpora.Limbo;

/// <summary>Is the name that a peer must have: kind DNS, IP or RFC822.</summary>
internal sealed record LimboName(string Kind, string Value);
