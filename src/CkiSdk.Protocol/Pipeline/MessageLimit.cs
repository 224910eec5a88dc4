namespace CkiSdk.Protocol.Pipeline;

/// <summary>Says how large a message may be, so that every transport carries it: a frame of TCP has 1 MiB by default (profile section 7).</summary>
internal static class MessageLimit
{
    /// <summary>The most octets of a message.</summary>
    public const int Octets = (1024 * 1024) - 64;

    /// <summary>The most octets of a body; names, texts and certificates that go along need the rest.</summary>
    public const int OctetsOfBody = 960 * 1024;
}
