namespace CkiSdk.Storage;

/// <summary>Reports that a store cannot do its work: its file is damaged, foreign, too new or cannot be written. Nothing of the operation was stored.</summary>
/// <remarks>The message names the store and says what to do.</remarks>
public sealed class CmaStoreException : IOException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="store">The store: the path of its file, or the name of its database.</param>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="innerException">What the store's library reported; null for nothing.</param>
    public CmaStoreException(string store, string message, Exception? innerException = null)
        : base(message, innerException) => Store = store;

    /// <summary>Gets the store: the path of its file, or the name of its database.</summary>
    public string Store { get; }
}
