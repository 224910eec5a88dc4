namespace CkiSdk.Protocol.Derivation;

/// <summary>Says which way a user's dated key is used.</summary>
public enum DatedKeyUsage
{
    /// <summary>The key of a send certificate.</summary>
    Send,

    /// <summary>The key of a receive certificate.</summary>
    Receive,
}
