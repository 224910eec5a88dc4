namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Remembers what linking gave, so that after an edit only what can have changed is linked again; without it the result is the same, later.</summary>
/// <remarks>One linking at a time uses it. What is remembered is the last one without errors.</remarks>
public sealed class LinkMemory
{
    /// <summary>Gets what is locked while a linking uses it.</summary>
    internal object Gate { get; } = new();

    /// <summary>Gets or sets what the last linking without errors gave; null for nothing yet.</summary>
    internal LinkState? State { get; set; }

    /// <summary>Gets how many assignments the last linking had to link.</summary>
    public int Linked { get; internal set; }
}
