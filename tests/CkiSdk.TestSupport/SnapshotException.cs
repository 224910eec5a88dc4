namespace CkiSdk.TestSupport;

/// <summary>Says that a text differs from its snapshot; a test that meets it fails.</summary>
public sealed class SnapshotException : Exception
{
    /// <summary>Creates the exception without words.</summary>
    public SnapshotException()
    {
    }

    /// <summary>Creates the exception with the difference in words.</summary>
    public SnapshotException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a cause.</summary>
    public SnapshotException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
