namespace CkiSdk.Protocol.Storage;

/// <summary>Is what a store writes as one: all of it or nothing.</summary>
public sealed record UnitOfWork
{
    /// <summary>Gets the transaction that the work ends; null for work that nobody asked for by a message.</summary>
    public TransactionKey? Transaction { get; init; }

    /// <summary>Gets the end of the transaction; null where there is no transaction.</summary>
    public StoredAnswer? Answer { get; init; }

    /// <summary>Gets the changes, made in this order.</summary>
    public IReadOnlyList<StoreChange> Changes { get; init; } = [];

    /// <summary>Gets whether nobody writes to the octets of the work any more, not even after the call, so that a store need not copy them.</summary>
    public bool HasFinalOctets { get; init; }

    /// <summary>Makes a unit of changes alone.</summary>
    /// <param name="changes">The changes.</param>
    public static UnitOfWork Of(params IReadOnlyList<StoreChange> changes) => new() { Changes = changes };
}
