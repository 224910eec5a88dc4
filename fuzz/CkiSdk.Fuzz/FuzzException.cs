namespace CkiSdk.Fuzz;

/// <summary>Says which law an input has broken.</summary>
internal sealed class FuzzException(string message) : Exception(message);
